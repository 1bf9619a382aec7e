import { Button, Card, Group, SegmentedControl, Skeleton, Text } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useChooseImportRows, useImportRows } from "../../api/imports";
import { lookUp } from "../../api/problem";
import { type ImportRow, OnChange, RowStatus } from "../../gen/storebot/v1/knowledge_pb";
import type { Catalogue } from "../../i18n/catalogue";
import { useText } from "../../i18n/language";
import { Empty, Failed } from "../../part/empty";
import { Icon } from "../../part/icon";
import { useNotice } from "../../part/notice";
import type { RowFilter } from "../../search";
import css from "./import.module.css";
import { RowForm } from "./rowform";
import { EditButton, RowProblems, RowTable } from "./table";

const statusOf: Record<RowFilter, RowStatus> = {
  ready: RowStatus.READY,
  exists: RowStatus.EXISTS,
  changed: RowStatus.CHANGED,
  repeated: RowStatus.REPEATED,
  invalid: RowStatus.INVALID,
};

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

  if (found.isError) return <Failed error={found.error} onRetry={found.refetch} />;
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
                        <Choice importId={importId} row={row} onChange={onChange} />
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
      {(search.token || nextPageToken) && (
        <Group justify="space-between" p="md">
          <Button variant="default" disabled={!search.token} onClick={() => turn(undefined)}>
            {t.import.firstRows}
          </Button>
          <Button
            variant="default"
            disabled={!nextPageToken || found.isPlaceholderData}
            rightSection={<Icon name="next" size={16} />}
            onClick={() => turn(nextPageToken)}
          >
            {t.act.next}
          </Button>
        </Group>
      )}
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

/** Choice says for one row what becomes of it; all others do what the import says. */
function Choice({ importId, row, onChange }: { importId: string; row: ImportRow; onChange: OnChange }) {
  const t = useText();
  const notice = useNotice();
  const choose = useChooseImportRows();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t.import.choiceOf(row.rowNumber)}
      disabled={choose.isPending}
      value={String(row.choice || onChange)}
      data={[
        { value: String(OnChange.OVERWRITE), label: t.import.choices.overwrite },
        { value: String(OnChange.SKIP), label: t.import.choices.skip },
        { value: String(OnChange.ADD), label: t.import.choices.add },
      ]}
      onChange={(value) =>
        choose.mutate(
          { importId, positions: [row.position], choice: Number(value) },
          { onError: notice.failed },
        )
      }
    />
  );
}

/** rowProblem says what is wrong and how to mend it, by the server's fixed word; undefined: the word is not known. */
function rowProblem(code: string, t: Catalogue): { what: string; cure?: string } | undefined {
  const what = lookUp(t.import.code, code);
  return what === undefined ? undefined : { what, cure: lookUp(t.import.cure, code) };
}
