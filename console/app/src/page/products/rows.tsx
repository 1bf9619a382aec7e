import { Card, Group, Text } from "@mantine/core";
import { useState } from "react";
import { type OnChange, RowStatus } from "../../gen/storebot/v1/knowledge_pb";
import type { Product, ProductRow, ReadProductsResponse } from "../../gen/storebot/v1/product_pb";
import { useFormat, useText } from "../../i18n/language";
import { Empty } from "../../part/empty";
import { Choice } from "../import/choice";
import css from "../import/import.module.css";
import { RowPages } from "../import/pages";
import { EditButton, RowProblems, RowTable } from "../import/table";
import { fieldName } from "./header";
import { priceText, stockText } from "./price";
import { problemWords } from "./refused";
import { type Cells, RowForm } from "./rowform";

/** Rows lists what would become of each row, with what is wrong and how to mend it; a row is mended here. */
export function Rows(props: {
  found: ReadProductsResponse;
  token?: string;
  busy: boolean;
  onToken: (token: string | undefined) => void;
  onEdit: (row: number, cells: Cells) => Promise<void>;
  onChoice: (row: number, choice: OnChange) => void;
}) {
  const t = useText();
  const [edited, setEdited] = useState<number>();
  const { found } = props;
  return (
    <Card padding={0}>
      {found.rows.length === 0 ? (
        <Empty icon="search" title={t.import.noRows} body="" compact />
      ) : (
        <RowTable content={t.products.product} rows={found.rows}>
          {(row) =>
            edited === row.rowNumber ? (
              <RowForm
                row={row}
                columns={found.columns}
                busy={props.busy}
                onCancel={() => setEdited(undefined)}
                onCheck={(cells) => props.onEdit(row.rowNumber, cells).then(() => setEdited(undefined))}
              />
            ) : (
              <div className={css.content}>
                <div>
                  <Values row={row} />
                  <Group gap="xs" mt={6}>
                    {row.status === RowStatus.CHANGED && (
                      <Choice
                        row={row.rowNumber}
                        value={row.onChange}
                        busy={props.busy}
                        onChoice={(choice) => props.onChoice(row.rowNumber, choice)}
                      />
                    )}
                    <EditButton row={row.rowNumber} onEdit={() => setEdited(row.rowNumber)} />
                  </Group>
                </div>
                <RowProblems
                  problems={row.problems}
                  words={(code) => problemWords(code, t)}
                  column={(name) => (found.columns.includes(name) ? name : fieldName(name, t))}
                  cell={(column) => row.cells.find((one) => one.name === column)?.value}
                />
              </div>
            )
          }
        </RowTable>
      )}
      <RowPages token={props.token} next={found.nextPageToken} busy={props.busy} onToken={props.onToken} />
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
