import { Alert, Card, Select, SimpleGrid, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useEditImportRow, useSetImport } from "../../api/imports";
import { type Import, type ImportRow, RowStatus } from "../../gen/storebot/v1/knowledge_pb";
import type { Product } from "../../gen/storebot/v1/product_pb";
import { useFormat, useText } from "../../i18n/language";
import { Icon } from "../../part/icon";
import { useNotice } from "../../part/notice";
import css from "../import/import.module.css";
import { Mend } from "../import/mend";
import { priceText, stockText } from "./price";
import { problemWords } from "./refused";

/** ProductValues shows what a row makes of a product, and what the shop has now where it would change it. */
export function ProductValues({ row }: { row: ImportRow }) {
  const t = useText();
  return (
    <>
      {row.product && <Values product={row.product} />}
      {row.status === RowStatus.CHANGED && row.existingProduct && (
        <div className={css.existing}>
          <Text size="xs" c="dimmed">
            {t.products.importing.existing}
          </Text>
          <Values product={row.existingProduct} />
        </div>
      )}
    </>
  );
}

function Values({ product }: { product: Product }) {
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

/** ProductForm mends the cells of a row in place; the server checks them as it checked the sheet. */
export function ProductForm({ one, row, onDone }: { one: Import; row: ImportRow; onDone: () => void }) {
  const t = useText();
  const notice = useNotice();
  const edit = useEditImportRow();
  const [cells, setCells] = useState<Record<string, string>>(() =>
    Object.fromEntries(row.cells.map(({ column, value }) => [column, value])),
  );
  const wrong = (column: string) => {
    const problem = row.problems.find((known) => known.column === column && !known.warning);
    return problem && (problemWords(problem.code, t)?.what ?? problem.message);
  };
  const submit = () => {
    const value = { cells: one.columns.map((column) => ({ column, value: cells[column] ?? "" })) };
    edit.mutate(
      { importId: one.id, position: row.position, row: { case: "cells", value } },
      { onSuccess: onDone, onError: notice.failed },
    );
  };
  return (
    <Mend row={row.rowNumber} busy={edit.isPending} onSubmit={submit} onDone={onDone}>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="sm" verticalSpacing="sm">
        {one.columns.map((column, i) => (
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
    </Mend>
  );
}

/** SheetOfProducts asks for the currency where prices name none, and says which columns become properties. */
export function SheetOfProducts({ one }: { one: Import }) {
  const t = useText();
  const format = useFormat();
  const notice = useNotice();
  const set = useSetImport();
  const words = t.products.importing;
  const asks = one.currency !== "" || one.problemGroups.some((group) => group.code === "missing_currency");
  return (
    <>
      {asks && (
        <Card>
          <Select
            label={words.currency}
            description={words.currencyHint}
            data={Intl.supportedValuesOf("currency")}
            searchable
            limit={60}
            clearable
            disabled={set.isPending}
            value={one.currency || null}
            onChange={(currency) =>
              set.mutate({ importId: one.id, currency: currency ?? "" }, { onError: notice.failed })
            }
            maw={360}
          />
        </Card>
      )}
      {one.attributeColumns.length > 0 && (
        <Alert variant="light" color="gray" icon={<Icon name="info" />}>
          {words.columns(format.list(one.attributeColumns))}
        </Alert>
      )}
    </>
  );
}
