import { expect, it } from "vitest";
import { wholeSentences } from "./sentence";

it.each([
  ["Orders over NT$1,200.5 ship", ""],
  ["It is free. From NT$1,", "It is free."],
  ["Yes! Really? No", "Yes! Really?"],
  ["滿額免運。外島", "滿額免運。"],
  ["First line\nsecond", "First line\n"],
  ["Done.", ""],
])("%s", (text, whole) => {
  expect(text.slice(0, wholeSentences(text))).toBe(whole);
});
