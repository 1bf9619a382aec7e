import type { Import } from "../../gen/storebot/v1/knowledge_pb";
import { useText } from "../../i18n/language";
import type { RowFilter } from "../../search";
import { kindOf } from "./kind";
import { useShown } from "./shown";
import { Tally } from "./tally";

/** Counts says how many rows are of each kind; each count filters the rows below it. */
export function Counts({ one }: { one: Import }) {
  const t = useText();
  const [{ status }, show] = useShown();
  const rows: Record<RowFilter, number> = {
    ready: one.readyRows,
    exists: one.existsRows,
    changed: one.changedRows,
    repeated: one.repeatedRows,
    invalid: one.invalidRows,
  };
  return (
    <Tally
      rows={rows}
      hints={kindOf(one).words(t).statusHint}
      status={status}
      onStatus={(name) => show({ status: name })}
    />
  );
}
