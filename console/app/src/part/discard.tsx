import { useBlocker } from "@tanstack/react-router";
import { useCallback, useRef, useState } from "react";
import { useText } from "../i18n/language";
import { Confirm } from "./confirm";

type Place = { pathname: string; search: object };

/** The sides of one drawer are one place: what is written on the one is there when the reader comes back from the other. */
const placeOf = ({ pathname, search }: Place) => JSON.stringify([pathname, { ...search, tab: undefined }]);

/**
 * afterThis does something once all have heard the present event. The drawer and the
 * question in it both listen to Escape: the question that the one opens must not
 * be closed by the other with the same key, nor opened again when it is what was closed.
 */
const afterThis = (act: () => void) => window.setTimeout(act);

/**
 * useLeaving holds on to what was written and not saved: before the drawer is closed, by
 * whatever means, the reader is asked, and before another page, the browser's Back or a closed tab
 * takes it away. dialog is the question, to be put in the drawer.
 */
export function useLeaving(onClose: () => void) {
  const [dirty, setDirty] = useState(false);
  const [asking, setAsking] = useState(false);
  // The router asks before what is shown says so.
  const held = useRef(false);
  const hold = useCallback((now: boolean) => {
    held.current = now;
    setDirty(now);
  }, []);
  const shouldBlockFn = useCallback(
    ({ current, next }: { current: Place; next: Place }) =>
      held.current && placeOf(current) !== placeOf(next),
    [],
  );
  const enableBeforeUnload = useCallback(() => held.current, []);
  const leaving = useBlocker({ shouldBlockFn, enableBeforeUnload, withResolver: true });
  const blocked = leaving.status === "blocked";

  return {
    dirty,
    /** To be told whether there is something to lose. */
    hold,
    close: () => {
      if (asking || blocked) return;
      if (held.current) afterThis(() => setAsking(true));
      else onClose();
    },
    dialog: (
      <Discard
        opened={asking || blocked}
        onKeep={() =>
          afterThis(() => {
            setAsking(false);
            leaving.reset?.();
          })
        }
        onDiscard={() => {
          setAsking(false);
          hold(false);
          if (blocked) leaving.proceed?.();
          else onClose();
        }}
      />
    ),
  };
}

/** Discard asks whether what was written and not saved may go. */
function Discard(props: { opened: boolean; onKeep: () => void; onDiscard: () => void }) {
  const t = useText();
  return (
    <Confirm
      opened={props.opened}
      title={t.entry.discardTitle}
      body={t.entry.discardBody}
      action={t.entry.discard}
      cancel={t.entry.keep}
      onClose={props.onKeep}
      onConfirm={props.onDiscard}
    />
  );
}
