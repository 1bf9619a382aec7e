import { useText } from "../i18n/language";
import { Confirm } from "./confirm";

/** Discard asks whether what was written and not saved may go. */
export function Discard(props: { opened: boolean; onKeep: () => void; onDiscard: () => void }) {
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
