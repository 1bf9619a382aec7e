/** n writes a number with its thousands parted. */
export const n = (value: number) => value.toLocaleString("en");

/** count writes a number with its noun. */
export const count = (value: number, one: string, many: string) => `${n(value)} ${value === 1 ? one : many}`;
