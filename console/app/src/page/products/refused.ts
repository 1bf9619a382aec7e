import { lookUp, problemOf, violationText } from "../../api/problem";
import type { Catalogue } from "../../i18n/catalogue";

/** problemWords says what is wrong and how to mend it, by the server's fixed word; undefined: the word is not known. */
export function problemWords(code: string, t: Catalogue): { what: string; cure?: string } | undefined {
  const what = lookUp(t.products.code, code) ?? lookUp(t.import.code, code);
  return what === undefined
    ? undefined
    : { what, cure: lookUp(t.products.cure, code) ?? lookUp(t.import.cure, code) };
}

/**
 * refused maps what the server says of a product's fields to the form's: a name
 * of attributes[2].value or other_names[1] counts for its list. Empty when the
 * error is about something else.
 */
export function refused(error: unknown, t: Catalogue): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const violation of problemOf(error)?.fields ?? []) {
    const path = /^product\.([a-z_]+)(\[\d+\]\.[a-z]+)?/.exec(violation.path);
    if (!path) continue;
    const field = path[1] === "other_names" ? "otherNames" : `${path[1]}${path[2] ?? ""}`;
    // The list's own form of the path, as @mantine/form writes it.
    const key = field.replace(/\[(\d+)\]/, ".$1");
    const words = problemWords(violation.rule, t);
    errors[key] ??= words ? [words.what, words.cure].filter(Boolean).join(" ") : violationText(violation, t);
  }
  return errors;
}
