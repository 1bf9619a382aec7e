import { Text, UnstyledButton } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { Import } from "../../gen/storebot/v1/knowledge_pb";
import { useFormat, useText } from "../../i18n/language";
import { type RowFilter, rowFilters } from "../../search";
import css from "./import.module.css";

/** Counts says how many rows are of each kind; each count filters the rows below it. */
export function Counts({ one }: { one: Import }) {
  const t = useText();
  const format = useFormat();
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
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be a form's
    <div className={css.counts} role="group" aria-label={t.import.filter}>
      {rowFilters.map((name) => (
        <UnstyledButton
          key={name}
          className={css.count}
          data-chosen={status === name || undefined}
          aria-pressed={status === name}
          disabled={rows[name] === 0}
          title={t.import.statusHint[name]}
          onClick={() =>
            navigate({
              search: { status: status === name ? undefined : name },
              replace: true,
              resetScroll: false,
            })
          }
        >
          <span className={css.number}>{format.number(rows[name])}</span>
          <Text size="sm" c="dimmed" span>
            <span className={css.dot} data-status={name} />
            {t.import.status[name]}
          </Text>
        </UnstyledButton>
      ))}
    </div>
  );
}
