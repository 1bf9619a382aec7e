import { Button, Card, Group, Skeleton, Text } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useChooseImportRows, useImportRows } from "../../api/imports";
import { lookUp } from "../../api/problem";
import { type ImportRow, type OnChange, RowStatus } from "../../gen/storebot/v1/knowledge_pb";
import type { Catalogue } from "../../i18n/catalogue";
import { useText } from "../../i18n/language";
import { Empty, Failed } from "../../part/empty";
import { useNotice } from "../../part/notice";
import type { RowFilter } from "../../search";
import { Choice } from "./choice";
import css from "./import.module.css";
import { RowPages } from "./pages";
import { RowForm } from "./rowform";
import { EditButton, RowProblems, RowTable, statusOf } from "./table";

/** Rows lists the rows of an import, with what is wrong and how to mend it; of one that waits, they are mended here. */
export function Rows({
  importId,
  only,
  onChange,
}: {
  importId: string;
  only?: RowFilter;
  /** What becomes of changed rows without a choice of their own; undefined: nothing can be changed any more. */
  onChange?: OnChange;
}) {
  const t = useText();
  const navigate = useNavigate({ from: "/knowledge/import/$importId" });
  const search = useSearch({ from: "/inside/knowledge/import/$importId" });
  const status = only ?? search.status;
  const found = useImportRows(importId, {
    statuses: status ? [statusOf[status]] : [],
    problemCode: search.problem ?? "",
    pageToken: search.token ?? "",
  });
  const turn = (token: string | undefined) => navigate({ search: (before) => ({ ...before, token }) });
  const edit = (position: number | undefined) =>
    navigate({ search: (before) => ({ ...before, edit: position }), replace: true, resetScroll: false });

  if (found.isLoadingError) return <Failed error={found.error} onRetry={found.refetch} />;
  if (!found.data) return <Skeleton height={320} />;
  const { rows, nextPageToken } = found.data;
  return (
    <Card padding={0}>
      {rows.length === 0 ? (
        <Empty icon="search" title={t.import.noRows} body="" compact>
          {(search.status || search.problem) && (
            <Button variant="default" onClick={() => navigate({ search: {}, replace: true })}>
              {t.act.clearFilters}
            </Button>
          )}
        </Empty>
      ) : (
        <RowTable content={t.import.contentColumn} rows={rows}>
          {(row) =>
            onChange !== undefined && search.edit === row.position ? (
              <RowForm importId={importId} row={row} onDone={() => edit(undefined)} />
            ) : (
              <div className={css.content}>
                <div>
                  <Text size="sm" fw={550} lineClamp={3}>
                    {row.question}
                  </Text>
                  <Text size="sm" c="dimmed" lineClamp={3}>
                    {row.answer}
                  </Text>
                  <Existing row={row} />
                  {onChange !== undefined && (
                    <Group gap="xs" mt={6}>
                      {row.status === RowStatus.CHANGED && (
                        <RowChoice importId={importId} row={row} onChange={onChange} />
                      )}
                      <EditButton row={row.rowNumber} onEdit={() => edit(row.position)} />
                    </Group>
                  )}
                </div>
                <RowProblems problems={row.problems} words={(code) => rowProblem(code, t)} />
              </div>
            )
          }
        </RowTable>
      )}
      <RowPages token={search.token} next={nextPageToken} busy={found.isPlaceholderData} onToken={turn} />
    </Card>
  );
}

/** Existing shows what the shop has now where a row would change it. */
function Existing({ row }: { row: ImportRow }) {
  const t = useText();
  if (row.status !== RowStatus.CHANGED || !row.existing) return null;
  return (
    <div className={css.existing}>
      <Text size="xs" c="dimmed">
        {t.import.existing}
      </Text>
      <Text size="sm" lineClamp={3}>
        {row.existing.answer}
      </Text>
    </div>
  );
}

/** RowChoice stores what becomes of one row. */
function RowChoice({ importId, row, onChange }: { importId: string; row: ImportRow; onChange: OnChange }) {
  const notice = useNotice();
  const choose = useChooseImportRows();
  return (
    <Choice
      row={row.rowNumber}
      value={row.choice || onChange}
      add
      busy={choose.isPending}
      onChoice={(choice) =>
        choose.mutate({ importId, positions: [row.position], choice }, { onError: notice.failed })
      }
    />
  );
}

/** rowProblem says what is wrong and how to mend it, by the server's fixed word; undefined: the word is not known. */
function rowProblem(code: string, t: Catalogue): { what: string; cure?: string } | undefined {
  const what = lookUp(t.import.code, code);
  return what === undefined ? undefined : { what, cure: lookUp(t.import.cure, code) };
}
