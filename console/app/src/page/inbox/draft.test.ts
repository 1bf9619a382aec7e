import { act, renderHook } from "@testing-library/react";
import { expect, it } from "vitest";
import { useDraft } from "./draft";

const look = (talk: string) => renderHook(() => useDraft(talk));

it("keeps a text with its key while another conversation is looked at", () => {
  const first = look("one");
  act(() => first.result.current[1]({ mode: "note", text: "half a" }));
  const [{ key }] = first.result.current;
  first.unmount();
  const other = look("two");
  expect(other.result.current[0]).toMatchObject({ mode: "reply", text: "" });
  expect(other.result.current[0].key).not.toBe(key);
  expect(look("one").result.current[0]).toEqual({ mode: "note", text: "half a", key });
});

it("forgets what was stored, wherever one looks by then, and keeps what was written since", () => {
  const [draft, change, clear] = look("three").result.current;
  act(() => change({ text: "sent" }));
  const later = look("three");
  act(() => clear("sent"));
  expect(later.result.current[0].text).toBe("");
  expect(later.result.current[0].key).not.toBe(draft.key);
  act(() => change({ text: "sent, and more" }));
  act(() => clear("sent"));
  expect(later.result.current[0].text).toBe("sent, and more");
});
