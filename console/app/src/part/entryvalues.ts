import { timestampDate, timestampFromMs } from "@bufbuild/protobuf/wkt";
import { type Entry, EntryState } from "../gen/storebot/v1/knowledge_pb";
import { dayOf, endOf, startOf } from "./day";
import { merged } from "./phrasings";
import type { Content } from "./saving";

/** EntryValues is an entry as its form holds it: days are of the form YYYY-MM-DD, in the shop's time zone. */
export type EntryValues = {
  question: string;
  answer: string;
  phrasings: string[];
  category: string;
  language: string;
  published: boolean;
  validFrom: string;
  /** The last day that belongs to it, not the moment of the end. */
  validUntil: string;
};

export function valuesOf(entry: Entry, zone: string): EntryValues {
  const { validFrom, validUntil } = entry;
  return {
    question: entry.question,
    answer: entry.answer,
    phrasings: entry.phrasings,
    category: entry.category,
    language: entry.language,
    published: entry.state !== EntryState.DRAFT,
    validFrom: validFrom ? dayOf(timestampDate(validFrom).getTime(), zone) : "",
    validUntil: validUntil ? dayOf(timestampDate(validUntil).getTime() - 1, zone) : "",
  };
}

/** noDays names the fields that hold something that is no day. */
export function noDays(values: EntryValues): ("validFrom" | "validUntil")[] {
  const fields = ["validFrom", "validUntil"] as const;
  return fields.filter((field) => values[field] !== "" && Number.isNaN(startOf(values[field], "UTC")));
}

/** contentOf is what is stored of values whose days are days; one that was not touched keeps the minute that it has in entry. */
export function contentOf(values: EntryValues, zone: string, entry: Entry | undefined): Content {
  const was = entry && valuesOf(entry, zone);
  const moment = (field: "validFrom" | "validUntil", first: typeof startOf) => {
    const date = values[field];
    if (date === "") return undefined;
    return date === was?.[field] ? entry?.[field] : timestampFromMs(first(date, zone));
  };
  return {
    question: values.question.trim(),
    answer: values.answer.trim(),
    category: values.category.trim(),
    language: values.language,
    phrasings: merged([], values.phrasings),
    state: values.published ? EntryState.PUBLISHED : EntryState.DRAFT,
    validFrom: moment("validFrom", startOf),
    validUntil: moment("validUntil", endOf),
  };
}
