import { useEffect, useRef } from "react";

/** Where the composer is found by the key that leads to it. */
export const composerId = "composer";

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
        if (writing) target?.blur();
        else if (open) goTo();
        return;
      }
      if (writing) return;
      const at = list.findIndex((one) => one.id === open);
      if (event.key === "j" && at < list.length - 1) goTo(list[at + 1]?.id);
      else if (event.key === "k" && at > 0) goTo(list[at - 1]?.id);
      else if (event.key === "r" && open) {
        event.preventDefault();
        document.getElementById(composerId)?.focus();
      }
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}
