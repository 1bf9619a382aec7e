import { expect, it } from "vitest";
import { en } from "../../i18n/en";
import { newFormat } from "../../i18n/format";
import { detailText } from "./detail";

const format = newFormat("en", en.figure, "UTC");

it.each([
  ["60 min", en.platform.enterMinutes(60)],
  ["entries none -> 500", "Entries: no limit → 500"],
  [
    "entries 5 -> none, storage_bytes 1000000 -> 50000000",
    `Entries: 5 → no limit · Storage: ${format.bytes(1e6)} → ${format.bytes(5e7)}`,
  ],
  ["import 42", "import 42"],
  ["colour none -> 1, entries none -> 1", "colour none -> 1, entries none -> 1"],
  ["", ""],
])("an act's detail %j", (stored, shown) => {
  expect(detailText(stored, en, format)).toBe(shown);
});
