import { expect, it } from "vitest";
import type { AskEvent } from "./contract";
import { begun, needsPerson, open, step, type Turn, turn } from "./turn";

const match = { entryId: "1", question: "Shipping?", answer: "NT$100", number: 1 };
const after = (t: Turn, change: Partial<Turn>): Turn => ({ ...t, ...change });
const run = (t: Turn, ...events: AskEvent[]) => events.reduce((now, e) => after(now, step(now, e)), t);
const again = (t: Turn) => after(t, begun(t));
const asked = () => again(turn("k", "how much?"));

it("shows a match at once and the whole reply in the end", () => {
  const t = run(asked(), { match });
  expect(t).toMatchObject({ phase: "writing", matches: [match], text: "" });
  const end = run(
    t,
    { accepted: { messageId: "m" } },
    { done: { decision: "DECISION_DIRECT", text: "NT$100" } },
  );
  expect(end).toMatchObject({ phase: "done", matches: [], text: "NT$100", message: "m" });
  expect(open(end)).toBe(false);
});

it("takes the final text for the truth when the deltas differ", () => {
  const t = run(
    asked(),
    { delta: { text: "Pay " } },
    { delta: { text: "NT$1" } },
    { done: { text: "NT$100" } },
  );
  expect(t.text).toBe("NT$100");
});

it("keeps the words of a broken attempt until the next one speaks", () => {
  let t = run(asked(), { match }, { delta: { text: "It is" } });
  t = again(t);
  expect(t).toMatchObject({ phase: "writing", text: "It is", matches: [match] });
  t = run(t, { match });
  expect(t).toMatchObject({ text: "", matches: [match] });
  expect(run(t, { delta: { text: "It" } }).text).toBe("It");
});

it("waits after failed, and its words stay", () => {
  const t = run(asked(), { match }, { failed: { reason: "storage_unavailable", retryAfter: "2s" } });
  expect(t).toMatchObject({ phase: "waiting", matches: [match] });
  expect(open(t)).toBe(true);
});

it("changes nothing on an event that it does not know", () => {
  expect(step(asked(), { heartbeat: {} } as AskEvent)).toEqual({});
});

it("knows when a person is needed", () => {
  expect(needsPerson(run(asked(), { done: { decision: "DECISION_ABSTAIN" } }))).toBe(true);
  expect(needsPerson(run(asked(), { done: { decision: "DECISION_SMALL_TALK", reason: "person" } }))).toBe(
    true,
  );
  expect(needsPerson(run(asked(), { done: { decision: "DECISION_DIRECT" } }))).toBe(false);
});
