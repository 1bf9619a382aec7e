import { Card, Text, UnstyledButton } from "@mantine/core";
import { useFormat, useText } from "../../i18n/language";
import { type RowFilter, rowFilters } from "../../search";
import css from "./import.module.css";

/** Tally says how many rows of a sheet are of each kind; each count filters the rows below it. */
export function Tally(props: {
  rows: Record<RowFilter, number>;
  hints: Record<RowFilter, string>;
  status: RowFilter | undefined;
  onStatus: (status: RowFilter | undefined) => void;
}) {
  const t = useText();
  const format = useFormat();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be a form's
    <div className={css.counts} role="group" aria-label={t.import.filter}>
      {rowFilters.map((name) => (
        <UnstyledButton
          key={name}
          className={css.count}
          data-chosen={props.status === name || undefined}
          aria-pressed={props.status === name}
          disabled={props.rows[name] === 0}
          title={props.hints[name]}
          onClick={() => props.onStatus(props.status === name ? undefined : name)}
        >
          <span className={css.number}>{format.number(props.rows[name])}</span>
          <Text size="sm" c="dimmed" span>
            <span className={css.dot} data-status={name} />
            {t.import.status[name]}
          </Text>
        </UnstyledButton>
      ))}
    </div>
  );
}

/** Came says at the end what became of a sheet's rows. */
export function Came({ counts }: { counts: (readonly [name: string, rows: number])[] }) {
  const format = useFormat();
  return (
    <div className={css.counts} role="status">
      {counts.map(([name, rows]) => (
        <Card key={name} padding="md">
          <span className={css.number}>{format.number(rows)}</span>
          <Text size="sm" c="dimmed">
            {name}
          </Text>
        </Card>
      ))}
    </div>
  );
}
