import { Button, Card, Group, Skeleton } from "@mantine/core";
import { useChooseImportRows, useImportRows } from "../../api/imports";
import { type Import, type ImportRow, ImportState, RowStatus } from "../../gen/storebot/v1/knowledge_pb";
import { useText } from "../../i18n/language";
import { Empty, Failed } from "../../part/empty";
import { useNotice } from "../../part/notice";
import type { RowFilter } from "../../search";
import { Choice } from "./choice";
import css from "./import.module.css";
import { kindOf } from "./kind";
import { RowPages } from "./pages";
import { useShown } from "./shown";
import { EditButton, RowProblems, RowTable, statusOf } from "./table";

/** Rows lists the rows of an import, with what is wrong and how to mend it; of one that waits, they are mended here. */
export function Rows({ one, only }: { one: Import; only?: RowFilter }) {
  const t = useText();
  const kind = kindOf(one);
  const waits = one.state === ImportState.STAGED;
  const [shown, show] = useShown();
  const status = only ?? shown.status;
  const found = useImportRows(one.id, {
    statuses: status ? [statusOf[status]] : [],
    problemCode: shown.problem ?? "",
    pageToken: shown.token ?? "",
  });
  const edit = (position: number | undefined) => show({ ...shown, edit: position });

  if (found.isLoadingError) return <Failed error={found.error} onRetry={found.refetch} />;
  if (!found.data) return <Skeleton height={320} />;
  const { rows, nextPageToken } = found.data;
  return (
    <Card padding={0}>
      {rows.length === 0 ? (
        <Empty icon="search" title={t.import.noRows} body="" compact>
          {(shown.status || shown.problem) && (
            <Button variant="default" onClick={() => show({})}>
              {t.act.clearFilters}
            </Button>
          )}
        </Empty>
      ) : (
        <RowTable content={kind.words(t).contentColumn} rows={rows}>
          {(row) =>
            waits && shown.edit === row.position ? (
              <kind.Form one={one} row={row} onDone={() => edit(undefined)} />
            ) : (
              <div className={css.content}>
                <div>
                  <kind.Content row={row} />
                  {waits && (
                    <Group gap="xs" mt={6}>
                      {row.status === RowStatus.CHANGED && <RowChoice one={one} row={row} />}
                      <EditButton row={row.rowNumber} onEdit={() => edit(row.position)} />
                    </Group>
                  )}
                </div>
                <RowProblems
                  problems={row.problems}
                  words={(code) => kind.problem(code, t)}
                  column={(name) => kind.column(name, one, t)}
                  cell={(column) => row.cells.find((cell) => cell.column === column)?.value}
                />
              </div>
            )
          }
        </RowTable>
      )}
      <RowPages
        token={shown.token}
        next={nextPageToken}
        busy={found.isPlaceholderData}
        onToken={(token) => show({ ...shown, token }, true)}
      />
    </Card>
  );
}

/** RowChoice stores what becomes of one row. */
function RowChoice({ one, row }: { one: Import; row: ImportRow }) {
  const notice = useNotice();
  const choose = useChooseImportRows();
  return (
    <Choice
      row={row.rowNumber}
      value={row.choice || one.onChange}
      add={kindOf(one).add}
      busy={choose.isPending}
      onChoice={(choice) =>
        choose.mutate({ importId: one.id, positions: [row.position], choice }, { onError: notice.failed })
      }
    />
  );
}
