import { describe, expect, it } from "vitest";
import { merged } from "./merging";

const base = { question: "q", answer: "a", phrasings: ["one", "two"], published: true };

describe("what was changed there and here", () => {
  it("takes in what only they have changed, and keeps what only I have", () => {
    const mine = { ...base, answer: "mine" };
    const theirs = { ...base, question: "theirs", published: false };
    expect(merged(mine, base, theirs)).toEqual({
      values: { ...base, question: "theirs", answer: "mine", published: false },
      clash: [],
      taken: ["question", "published"],
    });
  });

  it("keeps mine where both have changed the same, and says so", () => {
    const { values, clash, taken } = merged({ ...base, answer: "mine" }, base, {
      ...base,
      answer: "theirs",
      published: false,
    });
    expect(values).toEqual({ ...base, answer: "mine", published: false });
    expect([clash, taken]).toEqual([["answer"], ["published"]]);
  });

  it("says nothing of what both have changed in the same way", () => {
    const both = { ...base, answer: "both" };
    expect(merged(both, base, both)).toEqual({ values: both, clash: [], taken: [] });
  });

  it("keeps what either added to a list, in my order, and leaves out what either took out", () => {
    const { values, clash, taken } = merged({ ...base, phrasings: ["two", "mine", "one"] }, base, {
      ...base,
      phrasings: ["theirs", "one"],
    });
    expect(values.phrasings).toEqual(["mine", "one", "theirs"]);
    expect([clash, taken]).toEqual([[], ["phrasings"]]);
  });
});
