import { describe, expect, it } from "vitest";
import { columnsOf } from "./column";

describe("columnsOf", () => {
  it("counts from 1, 0 for what is not there", () => {
    expect(columnsOf(["ignore", "answer", "question", "phrasings", "phrasings"], true)).toEqual({
      question: 3,
      answer: 2,
      category: 0,
      language: 0,
      phrasings: [4, 5],
      firstRowIsHeader: true,
    });
  });

  it("says what is wrong with a choice", () => {
    expect(columnsOf(["question", "ignore"], false)).toBe("missing");
    expect(columnsOf(["question", "answer", "answer"], false)).toBe("twice");
  });
});
