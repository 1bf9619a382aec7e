import type { UseFormReturnType } from "@mantine/form";

/**
 * settle takes in what the server stored of what a form sent. What was typed while that was going on stays in its
 * field, as something that is still to be stored.
 */
export function settle<Values extends Record<string, unknown>>(
  form: UseFormReturnType<Values>,
  sent: Values,
  stored: Values,
) {
  const now = form.getValues();
  const same = (key: keyof Values) => JSON.stringify(now[key]) === JSON.stringify(sent[key]);
  const keys: (keyof Values)[] = Object.keys(stored);
  const typed = Object.fromEntries(keys.filter((key) => !same(key)).map((key) => [key, now[key]]));
  form.setInitialValues(stored);
  form.setValues({ ...stored, ...typed });
}
