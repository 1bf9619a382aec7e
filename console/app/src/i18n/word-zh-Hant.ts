/** n writes a number with its thousands parted. */
export const n = (value: number) => value.toLocaleString("zh-Hant");
