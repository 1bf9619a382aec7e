import { Alert, Button, Card, Group, Radio, Select, Text, Title } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useImportProducts } from "../../api/product";
import { OnChange } from "../../gen/storebot/v1/knowledge_pb";
import type { PreviewChangeResponse } from "../../gen/storebot/v1/learning_pb";
import type { ImportProductsResponse, ReadProductsResponse } from "../../gen/storebot/v1/product_pb";
import { useText } from "../../i18n/language";
import { download } from "../../part/download";
import { Icon } from "../../part/icon";
import { ButtonLink } from "../../part/link";
import { useNotice } from "../../part/notice";
import { Page } from "../../part/page";
import type { RowFilter } from "../../search";
import { Foreseen } from "../import/foreseen";
import { formatWords } from "../import/format";
import css from "../import/import.module.css";
import { Came, Tally } from "../import/tally";
import { problemWords } from "./refused";
import type { Cells } from "./rowform";
import { Rows } from "./rows";
import { type Sheet, type Shown, stores } from "./sheet";
import { UndoImport } from "./undo";

/** Preview says what an import would do, row by row, and does it. */
export function Preview(props: {
  found: ReadProductsResponse;
  sheet: Sheet;
  token?: string;
  busy: boolean;
  /** What the checks became of it; undefined while they are asked. */
  foreseen?: PreviewChangeResponse;
  /** The checks could not be asked. */
  unforeseen: boolean;
  onShow: (shown: Shown) => void;
  onEdit: (row: number, cells: Cells) => Promise<void>;
  onChoice: (row: number, choice: OnChange) => void;
  onChoiceForAll: (choice: OnChange) => void;
  onCurrency: (currency: string) => void;
  onAnother: () => void;
}) {
  const t = useText();
  const words = t.products.importing;
  const notice = useNotice();
  const navigate = useNavigate({ from: "/products/import" });
  const { status } = useSearch({ from: "/inside/products/import" });
  const store = useImportProducts();
  const { found, sheet } = props;
  const products = stores(found);
  const counts: Record<RowFilter, number> = {
    ready: found.readyRows,
    exists: found.existsRows,
    changed: found.changedRows,
    repeated: found.repeatedRows,
    invalid: found.invalidRows,
  };
  const noCurrency =
    sheet.currency !== "" || found.problemGroups.some((group) => group.code === "missing_currency");
  const go = () =>
    store.mutate(
      {
        fileName: sheet.name,
        content: sheet.content,
        encoding: sheet.encoding,
        currency: sheet.currency,
        onChange: sheet.onChange,
        edits: sheet.edits,
        words: Object.fromEntries(
          found.problemGroups.map(({ code }) => {
            const problem = problemWords(code, t);
            return [code, problem ? [problem.what, problem.cure].filter(Boolean).join(" ") : code];
          }),
        ),
      },
      { onError: notice.failed },
    );

  if (store.data) return <Done result={store.data} sheet={sheet} onAnother={props.onAnother} />;
  return (
    <Page
      title={t.import.reviewTitle}
      lead={[sheet.name, ...formatWords(found.format, t), t.import.rows(found.totalRows)].join(" · ")}
    >
      <Tally
        rows={counts}
        hints={words.statusHint}
        status={status}
        onStatus={(name) => {
          navigate({ search: { status: name }, replace: true, resetScroll: false });
          props.onShow({ status: name });
        }}
      />
      {found.changedRows > 0 && (
        <Card>
          <Radio.Group
            label={words.onChange(found.changedRows)}
            value={String(sheet.onChange)}
            onChange={(value) => props.onChoiceForAll(Number(value))}
          >
            <Group mt="sm" gap="lg">
              <Radio
                value={String(OnChange.OVERWRITE)}
                label={words.onChangeOverwrite}
                disabled={props.busy}
              />
              <Radio value={String(OnChange.SKIP)} label={words.onChangeSkip} disabled={props.busy} />
            </Group>
          </Radio.Group>
        </Card>
      )}
      {noCurrency && (
        <Card>
          <Select
            label={words.currency}
            description={words.currencyHint}
            data={Intl.supportedValuesOf("currency")}
            searchable
            limit={60}
            clearable
            disabled={props.busy}
            value={sheet.currency || null}
            onChange={(currency) => props.onCurrency(currency ?? "")}
            maw={360}
          />
        </Card>
      )}
      {found.problemGroups.length > 0 && (
        <Card>
          <Title order={2} mb="xs">
            {t.import.problems}
          </Title>
          <ul className={css.recent}>
            {found.problemGroups.map((group) => {
              const problem = problemWords(group.code, t);
              return (
                <li key={group.code} className={css.recentRow}>
                  <div className={css.group}>
                    <Text size="sm" fw={550} c={group.warning ? undefined : "var(--mantine-color-error)"}>
                      {problem?.what ?? group.code}
                    </Text>
                    <Text size="sm">{problem?.cure}</Text>
                  </div>
                  <Text size="sm" c="dimmed">
                    {t.import.rows(group.rows)}
                  </Text>
                </li>
              );
            })}
          </ul>
        </Card>
      )}
      {found.attributeNames.length > 0 && (
        <Alert variant="light" color="gray" icon={<Icon name="info" />}>
          {words.columns(found.attributeNames.join(", "))}
        </Alert>
      )}
      {products > 0 && <Foreseen data={props.foreseen} isError={props.unforeseen} />}
      <Rows
        found={found}
        token={props.token}
        busy={props.busy}
        onToken={(token) => props.onShow({ status, token })}
        onEdit={props.onEdit}
        onChoice={props.onChoice}
      />
      <div className={css.foot}>
        <Text size="sm" c="dimmed">
          {products === 0
            ? t.import.nothingBody
            : found.invalidRows > 0 && t.import.invalidLeft(found.invalidRows)}
        </Text>
        <Group gap="xs">
          <Button variant="default" onClick={props.onAnother}>
            {t.import.another}
          </Button>
          {products === 0 && found.invalidRows > 0 ? (
            // Nothing can be stored: what there is to get is the file to mend.
            <Button loading={store.isPending} leftSection={<Icon name="download" size={16} />} onClick={go}>
              {words.invalidFile(found.invalidRows)}
            </Button>
          ) : (
            <Button disabled={products === 0 || props.busy} loading={store.isPending} onClick={go}>
              {products === 0 ? t.import.nothing : words.go(products)}
            </Button>
          )}
        </Group>
      </div>
    </Page>
  );
}

function Done(props: { result: ImportProductsResponse; sheet: Sheet; onAnother: () => void }) {
  const t = useText();
  const words = t.products.importing;
  const notice = useNotice();
  const { result } = props;
  const { invalid } = result;
  return (
    <Page title={t.import.doneTitle} lead={props.sheet.name} narrow>
      <Came
        counts={[
          [words.created, result.created],
          [words.updated, result.updated],
          [words.unchanged, result.unchanged],
          ...(result.skipped > 0 ? [[t.import.skipped, result.skipped] as const] : []),
        ]}
      />
      {invalid && (
        <Group gap="sm">
          <Text size="sm">{t.import.invalidLeft(result.invalidRows)}</Text>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<Icon name="download" size={16} />}
            onClick={() => {
              download(invalid.fileName, invalid.contentType, invalid.content as BlobPart);
              notice.done(words.invalidSaved(invalid.fileName));
            }}
          >
            {words.invalidFile(result.invalidRows)}
          </Button>
        </Group>
      )}
      <UndoImport id={result.importId} />
      <Group gap="xs">
        <ButtonLink to="/products">{words.back}</ButtonLink>
        <Button variant="default" onClick={props.onAnother}>
          {t.import.another}
        </Button>
      </Group>
    </Page>
  );
}
