import { Code, ConnectError } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { ProblemSchema } from "../gen/storebot/v1/problem_pb";
import { en } from "../i18n/en";
import { zhHant } from "../i18n/zh-Hant";
import { problem } from "../test/console";
import { fieldErrors, problemText } from "./problem";

describe("problemText", () => {
  it("goes by the reason, in the reader's language", () => {
    const taken = problem(Code.AlreadyExists, "email_taken");
    expect(problemText(taken, en)).toBe(en.problem.reason.email_taken);
    expect(problemText(taken, zhHant)).toBe(zhHant.problem.reason.email_taken);
  });

  it("says how long to wait", () => {
    const limited = new ConnectError("slow down", Code.ResourceExhausted, undefined, [
      { desc: ProblemSchema, value: { reason: "rate_limited", retryAfter: { seconds: 30n } } },
    ]);
    expect(problemText(limited, en)).toBe("Too many attempts. Try again in 30 seconds.");
  });

  it("never shows what is inside", () => {
    expect(problemText(new ConnectError("pq: relation missing", Code.Internal), en)).toBe(
      en.problem.unexpected,
    );
    expect(problemText(new TypeError("Failed to fetch"), en)).toBe(en.problem.unreachable);
    expect(problemText(problem(Code.Internal, "toString"), en)).toBe(en.problem.unexpected);
  });

  it("passes on the server's public text where it is all there is", () => {
    expect(problemText(new ConnectError("the row is locked", Code.FailedPrecondition), en)).toBe(
      "the row is locked",
    );
  });
});

describe("fieldErrors", () => {
  const fields = { "content.question": "question", "content.phrasings": "phrasings" };

  it("maps paths to the form's fields", () => {
    const error = problem(Code.InvalidArgument, "invalid_fields", [
      { path: "content.question", rule: "string.min_len", message: "x" },
      { path: "content.phrasings[3]", rule: "string.max_len", message: "x" },
      { path: "content.other", rule: "string.max_len", message: "x" },
    ]);
    expect(fieldErrors(error, fields, en)).toEqual({
      question: "Please fill in the question.",
      phrasings: en.problem.rule["string.max_len"],
    });
  });

  it("keeps the server's words for a rule it does not know", () => {
    const error = problem(Code.InvalidArgument, "invalid_fields", [
      { path: "content.question", rule: "shop.special", message: "no such thing" },
    ]);
    expect(fieldErrors(error, fields, en)).toEqual({ question: "no such thing" });
  });

  it("is empty for another error", () => {
    expect(fieldErrors(new Error("x"), fields, en)).toEqual({});
  });
});
