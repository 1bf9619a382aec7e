import { Button, Group, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import type { ProductRow } from "../../gen/storebot/v1/product_pb";
import { useText } from "../../i18n/language";
import { problemWords } from "./refused";

/** Cells are a row's texts by their column. */
export type Cells = Record<string, string>;

/** RowForm mends the cells of a row in place; the server checks them as it checked the sheet. */
export function RowForm(props: {
  row: ProductRow;
  columns: string[];
  busy: boolean;
  onCheck: (cells: Cells) => Promise<void>;
  onCancel: () => void;
}) {
  const t = useText();
  const { row, columns } = props;
  const [cells, setCells] = useState<Cells>(() =>
    Object.fromEntries(
      columns.map((column) => [column, row.cells.find(({ name }) => name === column)?.value ?? ""]),
    ),
  );
  const wrong = (column: string) => {
    const problem = row.problems.find((one) => one.column === column && !one.warning);
    return problem && (problemWords(problem.code, t)?.what ?? problem.message);
  };
  return (
    <form
      aria-label={t.import.editRow(row.rowNumber)}
      onSubmit={(event) => {
        event.preventDefault();
        void props.onCheck(cells);
      }}
    >
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="sm" verticalSpacing="sm">
          {columns.map((column, i) => (
            <TextInput
              key={column}
              label={column}
              error={wrong(column)}
              value={cells[column] ?? ""}
              autoFocus={i === 0}
              onChange={(event) => setCells({ ...cells, [column]: event.currentTarget.value })}
            />
          ))}
        </SimpleGrid>
        <Group gap="xs">
          <Button type="submit" size="compact-sm" loading={props.busy}>
            {t.import.editCheck}
          </Button>
          <Button size="compact-sm" variant="default" onClick={props.onCancel}>
            {t.act.cancel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
