import { Button, Stack, Table, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { type RowProblem, RowStatus } from "../../gen/storebot/v1/knowledge_pb";
import { useFormat, useText } from "../../i18n/language";
import { type RowFilter, rowFilters } from "../../search";
import css from "./import.module.css";

/** statusOf are the statuses that rows are filtered by. */
export const statusOf: Record<RowFilter, RowStatus> = {
  ready: RowStatus.READY,
  exists: RowStatus.EXISTS,
  changed: RowStatus.CHANGED,
  repeated: RowStatus.REPEATED,
  invalid: RowStatus.INVALID,
};

/** filterOf is the word for a row's status; undefined: it has none. */
export const filterOf = (status: RowStatus): RowFilter | undefined =>
  rowFilters.find((name) => statusOf[name] === status);

/** RowTable lists rows of a sheet: number, status, and what children make of each. */
export function RowTable<Row extends { rowNumber: number; status: RowStatus }>(props: {
  content: string;
  rows: Row[];
  children: (row: Row) => ReactNode;
}) {
  const t = useText();
  const format = useFormat();
  return (
    <Table verticalSpacing="sm" horizontalSpacing="md" className={css.rows}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t.import.row}</Table.Th>
          <Table.Th>{t.import.statusColumn}</Table.Th>
          <Table.Th>{props.content}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {props.rows.map((row) => {
          const name = filterOf(row.status);
          return (
            <Table.Tr key={row.rowNumber}>
              <Table.Td c="dimmed">{format.number(row.rowNumber)}</Table.Td>
              <Table.Td>
                <span className={css.dot} data-status={name} />
                {name && t.import.status[name]}
              </Table.Td>
              <Table.Td>{props.children(row)}</Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}

/** RowProblems says what is wrong with a row, what stands in the cell, and how to mend it. */
export function RowProblems(props: {
  problems: RowProblem[];
  words: (code: string) => { what: string; cure?: string } | undefined;
  column?: (name: string) => string;
  cell?: (column: string) => string | undefined;
}) {
  const t = useText();
  if (props.problems.length === 0) return null;
  return (
    <Stack gap={6}>
      {props.problems.map((problem) => {
        const words = props.words(problem.code);
        const what = words?.what ?? problem.message;
        const column = props.column?.(problem.column) ?? problem.column;
        const cell = props.cell?.(problem.column);
        return (
          <div key={`${problem.column} ${problem.code}`}>
            <Text size="sm" fw={550} c={problem.warning ? undefined : "var(--mantine-color-error)"}>
              {column ? t.import.inColumn(column, what) : what}
            </Text>
            {cell && (
              <Text size="sm" c="dimmed" lineClamp={2}>
                {cell}
              </Text>
            )}
            <Text size="sm">{words?.cure ?? problem.cure}</Text>
          </div>
        );
      })}
    </Stack>
  );
}

/** EditButton opens a row to be mended in place. */
export function EditButton({ row, onEdit }: { row: number; onEdit: () => void }) {
  const t = useText();
  return (
    <Button size="compact-sm" variant="subtle" aria-label={t.import.editRow(row)} onClick={onEdit}>
      {t.import.edit}
    </Button>
  );
}
