import { useSyncExternalStore } from "react";

/** Draft is what somebody writes into a conversation; its key stays until the text is stored. */
export type Draft = { mode: "reply" | "note"; text: string; key: string };

// Outside React: a text outlives the look at another conversation, and an answer that comes meanwhile ends it.
const drafts = new Map<string, Draft>();
const listeners = new Set<() => void>();

const draftOf = (talk: string): Draft => {
  const draft = drafts.get(talk) ?? { mode: "reply", text: "", key: crypto.randomUUID() };
  drafts.set(talk, draft);
  return draft;
};

/** useDraft is the draft of a conversation as it was left, and what changes it, also after that was left. */
export function useDraft(talk: string): [Draft, (change: Partial<Draft>) => void, (stored: string) => void] {
  const draft = useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => draftOf(talk),
  );
  const change = (by: Partial<Draft>) => {
    drafts.set(talk, { ...draftOf(talk), ...by });
    for (const tell of listeners) tell();
  };
  // What was written while a text went out stays, as a text of its own.
  const clear = (stored: string) => {
    const { text } = draftOf(talk);
    change({ key: crypto.randomUUID(), text: text === stored ? "" : text });
  };
  return [draft, change, clear];
}
