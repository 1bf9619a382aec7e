import { Alert, Button, Card, List, Select, SimpleGrid, Text, Title } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { problemOf } from "../../api/problem";
import { usePreviewProducts, useReadProducts } from "../../api/product";
import { OnChange, RowStatus } from "../../gen/storebot/v1/knowledge_pb";
import type { ReadProductsResponse } from "../../gen/storebot/v1/product_pb";
import { useFormat, useText } from "../../i18n/language";
import { download } from "../../part/download";
import { Icon } from "../../part/icon";
import { useNotice } from "../../part/notice";
import { Page } from "../../part/page";
import { EnterProblem } from "../enter";
import { encodings } from "../import/format";
import { Sources } from "../import/sources";
import { statusOf } from "../import/table";
import { headerProblem } from "./header";
import { Preview } from "./preview";
import { type Decision, type Sheet, type Shown, stores } from "./sheet";
import { RecentImports } from "./undo";

/** ProductImportPage takes a sheet and shows what would become of each row; nothing is stored before it is confirmed. */
export function ProductImportPage() {
  const t = useText();
  const format = useFormat();
  const notice = useNotice();
  const navigate = useNavigate({ from: "/products/import" });
  const { status } = useSearch({ from: "/inside/products/import" });
  const reading = useReadProducts();
  const preview = usePreviewProducts();
  const [sheet, setSheet] = useState<Sheet>();
  const [pasted, setPasted] = useState("");
  const [token, setToken] = useState<string>();
  // Stays in sight while the sheet is read again.
  const [found, setFound] = useState<ReadProductsResponse>();

  const read = async ({ name, ...as }: Sheet, shown: Shown) => {
    const request = {
      ...as,
      fileName: name,
      status: shown.status ? statusOf[shown.status] : RowStatus.UNSPECIFIED,
      pageToken: shown.token ?? "",
    };
    const response = await reading.mutateAsync(request).catch((error: unknown) => {
      if (found) notice.failed(error);
      return undefined;
    });
    if (!response) return;
    setFound(response);
    setToken(shown.token);
    return { request, response };
  };

  const send = async (next: Sheet, shown: Shown = { status, token }) => {
    setSheet(next);
    preview.reset();
    const done = await read(next, shown);
    // What it breaks is told as soon as it is known; who is sure need not wait.
    if (done && stores(done.response) > 0) preview.mutate({ products: done.request });
  };

  if (found && sheet) {
    const decide = (rowNumber: number, by: Partial<Decision>) => {
      const others = sheet.edits.filter((edit) => edit.rowNumber !== rowNumber);
      const before = sheet.edits.find((edit) => edit.rowNumber === rowNumber);
      const none = { rowNumber, cells: [], onChange: OnChange.UNSPECIFIED };
      return send({ ...sheet, edits: [...others, { ...none, ...before, ...by }] });
    };
    return (
      <Preview
        found={found}
        sheet={sheet}
        token={token}
        busy={reading.isPending}
        foreseen={preview.data}
        unforeseen={preview.isError}
        onShow={(shown) => void read(sheet, shown)}
        onEdit={(row, cells) =>
          decide(row, { cells: Object.entries(cells).map(([column, value]) => ({ column, value })) })
        }
        onChoice={(row, onChange) => void decide(row, { onChange })}
        onChoiceForAll={(onChange) => void send({ ...sheet, onChange })}
        onCurrency={(currency) => void send({ ...sheet, currency })}
        onAnother={() => {
          setSheet(undefined);
          setFound(undefined);
          setToken(undefined);
          navigate({ search: {}, replace: true });
          reading.reset();
        }}
      />
    );
  }

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
        <Sources
          reading={reading.isPending ? (sheet?.name ?? "") : undefined}
          pasted={pasted}
          onPasted={setPasted}
          onSheet={(file) =>
            void send({ ...file, encoding: "", currency: "", onChange: OnChange.OVERWRITE, edits: [] })
          }
        >
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
              onChange={(encoding) => encoding && void send({ ...sheet, encoding })}
              maw={280}
            />
          )}
        </Sources>
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
