import { useEffect, useRef } from "react";

/** Where the composer, the open conversation and a conversation's row are found by the keys that lead there. */
export const composerId = "composer";
export const talkId = "talk";
export const rowId = (id: string) => `talk-${id}`;
/** The list itself, for a row that has left it. */
export const listId = "talks";

/** focusOn gives the focus to the first of these that is there and can have it. */
export function focusOn(...ids: string[]) {
  for (const id of ids) {
    const one = document.getElementById(id);
    one?.focus({ preventScroll: true });
    if (one && document.activeElement === one) return;
  }
}

/** useFollow has the focus follow the reader into a conversation, and back to its row. */
export function useFollow(open: string | undefined) {
  const before = useRef(open);
  useEffect(() => {
    const last = before.current;
    before.current = open;
    if (open === last) return;
    if (open) {
      focusOn(talkId);
      document.getElementById(rowId(open))?.scrollIntoView({ block: "nearest" });
    } else if (last) focusOn(rowId(last), listId);
  }, [open]);
}

/**
 * useKeys goes through the list with j and k, to the composer with r, and back
 * with Escape: out of the composer first, then out of the conversation. While somebody writes,
 * letters are letters.
 */
export function useKeys(
  list: readonly { id: string }[],
  open: string | undefined,
  goTo: (id?: string) => void,
) {
  const now = useRef({ list, open, goTo });
  now.current = { list, open, goTo };
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing)
        return;
      const { list, open, goTo } = now.current;
      const target = event.target instanceof HTMLElement ? event.target : undefined;
      const writing = target?.closest("input, textarea, select, [contenteditable]");
      if (document.querySelector("[role=dialog], [role=menu]")) return;
      if (event.key === "Escape") {
        if (writing) focusOn(talkId);
        else if (open) goTo();
        return;
      }
      if (writing) return;
      const at = list.findIndex((one) => one.id === open);
      if (event.key === "j" && at < list.length - 1) goTo(list[at + 1]?.id);
      else if (event.key === "k" && at > 0) goTo(list[at - 1]?.id);
      else if (event.key === "r" && open) {
        event.preventDefault();
        focusOn(composerId);
      }
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}
