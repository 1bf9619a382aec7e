import { Card, Stack, Table, Text } from "@mantine/core";
import { RowStatus } from "../../gen/storebot/v1/knowledge_pb";
import type { Product, ProductRow, ReadProductsResponse } from "../../gen/storebot/v1/product_pb";
import { useFormat, useText } from "../../i18n/language";
import { Empty } from "../../part/empty";
import type { RowFilter } from "../../search";
import css from "../import/import.module.css";
import { priceText, stockText } from "./price";
import { problemWords } from "./refused";

const names: Partial<Record<RowStatus, RowFilter>> = {
  [RowStatus.READY]: "ready",
  [RowStatus.EXISTS]: "exists",
  [RowStatus.CHANGED]: "changed",
  [RowStatus.REPEATED]: "repeated",
  [RowStatus.INVALID]: "invalid",
};

/** Rows lists what would become of each row, with what is wrong and how to mend it. */
export function Rows({ found, status }: { found: ReadProductsResponse; status?: RowFilter }) {
  const t = useText();
  const format = useFormat();
  const rows = found.rows.filter((row) => status === undefined || names[row.status] === status);
  return (
    <Card padding={0}>
      {found.rows.length < found.totalRows && (
        <Text size="sm" c="dimmed" p="md">
          {t.products.importing.someRows(found.rows.length, found.totalRows)}
        </Text>
      )}
      {rows.length === 0 ? (
        <Empty icon="search" title={t.import.noRows} body="" compact />
      ) : (
        <Table verticalSpacing="sm" horizontalSpacing="md" className={css.rows}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t.import.row}</Table.Th>
              <Table.Th>{t.import.statusColumn}</Table.Th>
              <Table.Th>{t.products.product}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => {
              const name = names[row.status];
              return (
                <Table.Tr key={row.rowNumber}>
                  <Table.Td c="dimmed">{format.number(row.rowNumber)}</Table.Td>
                  <Table.Td>
                    <span className={css.dot} data-status={name} />
                    {name && t.import.status[name]}
                  </Table.Td>
                  <Table.Td>
                    <div className={css.content}>
                      <Values row={row} />
                      <Problems row={row} />
                    </div>
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      )}
    </Card>
  );
}

function Values({ row }: { row: ProductRow }) {
  const t = useText();
  return (
    <div>
      {row.product && <Shown product={row.product} />}
      {row.status === RowStatus.CHANGED && row.existing && (
        <div className={css.existing}>
          <Text size="xs" c="dimmed">
            {t.products.importing.was}
          </Text>
          <Shown product={row.existing} />
        </div>
      )}
    </div>
  );
}

function Shown({ product }: { product: Product }) {
  const t = useText();
  const format = useFormat();
  return (
    <>
      <Text size="sm" fw={550} lineClamp={2}>
        {product.name}
      </Text>
      <Text size="sm" c="dimmed" lineClamp={3}>
        {[
          product.sku,
          priceText(product, t, format),
          stockText(product.stock, t),
          ...product.attributes.map((attribute) => `${attribute.name}: ${attribute.value}`),
        ]
          .filter((word) => word !== "")
          .join(" · ")}
      </Text>
    </>
  );
}

/** Problems says what is wrong with a row, and what stands in the cell. */
function Problems({ row }: { row: ProductRow }) {
  const t = useText();
  if (row.problems.length === 0) return null;
  return (
    <Stack gap={6}>
      {row.problems.map((problem) => {
        const words = problemWords(problem.code, t);
        const what = words?.what ?? problem.message;
        const cell = row.cells.find((one) => one.name === problem.column)?.value;
        return (
          <div key={`${problem.column} ${problem.code}`}>
            <Text size="sm" fw={550} c={problem.warning ? undefined : "var(--mantine-color-error)"}>
              {problem.column ? t.import.inColumn(problem.column, what) : what}
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
