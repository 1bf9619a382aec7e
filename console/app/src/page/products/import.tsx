import { Alert, Button, Card, List, Loader, Select, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { problemOf } from "../../api/problem";
import { usePreviewProducts, useReadProducts } from "../../api/product";
import type { ReadProductsResponse } from "../../gen/storebot/v1/product_pb";
import { useFormat, useText } from "../../i18n/language";
import { download } from "../../part/download";
import { Icon } from "../../part/icon";
import { useNotice } from "../../part/notice";
import { Page } from "../../part/page";
import { EnterProblem } from "../enter";
import { Drop } from "../import/drop";
import { encodings } from "../import/format";
import { headerProblem } from "./header";
import { Preview } from "./preview";
import { RecentImports } from "./undo";

/** A Sheet is a chosen file and how it is to be read; empty words: as the server finds it. */
export type Sheet = {
  name: string;
  content: Uint8Array<ArrayBuffer>;
  encoding: string;
  currency: string;
  edits: { rowNumber: number; cells: { column: string; value: string }[] }[];
};

/** ProductImportPage takes a sheet and shows what would become of each row; nothing is stored before it is confirmed. */
export function ProductImportPage() {
  const t = useText();
  const format = useFormat();
  const notice = useNotice();
  const navigate = useNavigate({ from: "/products/import" });
  const reading = useReadProducts();
  const preview = usePreviewProducts();
  const [sheet, setSheet] = useState<Sheet>();
  // Stays in sight while the sheet is read again.
  const [found, setFound] = useState<ReadProductsResponse>();

  const send = async (next: Sheet) => {
    setSheet(next);
    const { name, ...as } = next;
    const request = { ...as, fileName: name };
    preview.reset();
    const read = await reading.mutateAsync(request).catch((error: unknown) => {
      if (found) notice.failed(error);
      return undefined;
    });
    if (!read) return;
    setFound(read);
    // What it breaks is told as soon as it is known; who is sure need not wait.
    if (read.readyRows + read.changedRows > 0) preview.mutate({ products: request });
  };

  if (found && sheet)
    return (
      <Preview
        found={found}
        sheet={sheet}
        busy={reading.isPending}
        foreseen={preview.data}
        unforeseen={preview.isError}
        onEdit={(rowNumber, cells) =>
          send({
            ...sheet,
            edits: [
              ...sheet.edits.filter((edit) => edit.rowNumber !== rowNumber),
              {
                rowNumber,
                cells: Object.entries(cells).map(([column, value]) => ({ column, value })),
              },
            ],
          })
        }
        onCurrency={(currency) => send({ ...sheet, currency })}
        onAnother={() => {
          setSheet(undefined);
          setFound(undefined);
          navigate({ search: {}, replace: true });
          reading.reset();
        }}
      />
    );

  const lacking = headerProblem(reading.error, t, format);
  const unread = problemOf(reading.error)?.reason === "unknown_encoding";
  return (
    <Page title={t.products.importing.title} lead={t.import.lead}>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Card>
          <Title order={2} mb="xs">
            {t.import.template}
          </Title>
          <Text size="sm">{t.products.importing.templateBody}</Text>
          <Button
            variant="light"
            w="fit-content"
            mt="md"
            leftSection={<Icon name="download" size={18} />}
            onClick={() => downloadTemplate(t.products.importing.template)}
          >
            {t.import.templateCsv}
          </Button>
        </Card>
        <Card>
          <Title order={2} mb="xs">
            {t.import.limits}
          </Title>
          <List size="sm" spacing={4}>
            {t.products.importing.limitsList.map((line) => (
              <List.Item key={line}>{line}</List.Item>
            ))}
          </List>
        </Card>
      </SimpleGrid>
      <Card>
        <Stack>
          <EnterProblem error={lacking ? undefined : reading.error} />
          {lacking && (
            <Alert color="red" variant="light" icon={<Icon name="alert" />} role="alert">
              {lacking}
            </Alert>
          )}
          {unread && sheet && (
            <Select
              label={t.import.encoding}
              placeholder={t.import.encodingAuto}
              data={Object.entries(encodings).map(([value, label]) => ({ value, label }))}
              value={sheet.encoding || null}
              onChange={(encoding) => encoding && send({ ...sheet, encoding })}
              maw={280}
            />
          )}
          {reading.isPending ? (
            <Stack align="center" justify="center" mih={200} role="status">
              <Loader />
              <Text size="sm">{t.import.reading(sheet?.name ?? "")}</Text>
            </Stack>
          ) : (
            <Drop onSheet={(file) => send({ ...file, encoding: "", currency: "", edits: [] })} />
          )}
        </Stack>
      </Card>
      <RecentImports />
    </Page>
  );
}

/** downloadTemplate makes a CSV that Excel opens with the right characters: hence the mark at its start. */
function downloadTemplate(words: {
  headers: string[];
  first: string;
  otherNames: string;
  firstColour: string;
  second: string;
  secondColour: string;
  currency: string;
}) {
  const rows = [
    words.headers,
    [
      "BAG-01",
      words.first,
      "1299",
      words.currency,
      "12",
      "https://shop.example/bag",
      "https://shop.example/bag.jpg",
      words.otherNames,
      words.firstColour,
    ],
    ["MUG-02", words.second, "450", words.currency, "0", "", "", "", words.secondColour],
  ];
  const quoted = rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(","));
  download("products.csv", "text/csv;charset=utf-8", `\uFEFF${quoted.join("\r\n")}\r\n`);
}
