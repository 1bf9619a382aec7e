import { useNavigate, useSearch } from "@tanstack/react-router";
import type { Import } from "../../gen/storebot/v1/knowledge_pb";
import { useText } from "../../i18n/language";
import type { RowFilter } from "../../search";
import { Tally } from "./tally";

/** Counts says how many rows are of each kind; each count filters the rows below it. */
export function Counts({ one }: { one: Import }) {
  const t = useText();
  const navigate = useNavigate({ from: "/knowledge/import/$importId" });
  const { status } = useSearch({ from: "/inside/knowledge/import/$importId" });
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
      hints={t.import.statusHint}
      status={status}
      onStatus={(name) => navigate({ search: { status: name }, replace: true, resetScroll: false })}
    />
  );
}
