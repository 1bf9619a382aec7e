import { problemOf } from "../../api/problem";
import type { Catalogue } from "../../i18n/catalogue";
import type { Format } from "../../i18n/format";

/** headerProblem says which columns a sheet lacks or has twice, and what stands in its first row; undefined: the error is about something else. */
export function headerProblem(error: unknown, t: Catalogue, format: Format): string | undefined {
  const problem = problemOf(error);
  const sentences = t.products.importing.header;
  if (!problem || !Object.hasOwn(sentences, problem.reason)) return undefined;
  const names = (rule: string) =>
    problem.fields
      .filter((field) => field.rule === rule && field.path !== "")
      .map(({ path }) => t.products.quoted(fieldName(path, t)));
  const found = names("found");
  return [
    sentences[problem.reason]?.(format.list(names(problem.reason))),
    found.length > 0 && t.products.importing.headerFound(format.list(found)),
    t.products.importing.headerCure,
  ]
    .filter(Boolean)
    .join(" ");
}

/** fieldName is what the form calls a field that the server names; a column of the shop's own has its own name. */
export function fieldName(column: string, t: Catalogue): string {
  const words: Record<string, unknown> = t.products.form;
  const name = Object.hasOwn(words, column) ? words[column] : undefined;
  if (column === "other_names") return t.products.form.otherNames;
  if (column === "phrasings") return t.entry.phrasings;
  return typeof name === "string" ? name : column;
}
