import { useSyncExternalStore } from "react";
import type { InboxCounts } from "../gen/storebot/v1/inbox_pb";

// The counts of the inbox as the watch heard them last, outside React: the
// watch is one for the whole console.
type Live = { counts?: InboxCounts; connected: boolean };
let live: Live = { connected: false };
const listeners = new Set<() => void>();

/** hear notes what the watch heard, for all who look. */
export function hear(next: Partial<Live>) {
  live = { ...live, ...next };
  for (const tell of listeners) tell();
}

/** useCalling is how many wait for a person or, when nobody does, how many messages are unread. */
export function useCalling(): number {
  const { waiting = 0, unread = 0 } = useLive().counts ?? {};
  return waiting || unread;
}

/** useLive is what the watch heard last. */
export function useLive(): Live {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => live,
  );
}
