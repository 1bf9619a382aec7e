import { Button, Card, Group, Skeleton, Stack, Table, Text } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useImportRows } from "../../api/knowledge";
import { lookUp } from "../../api/problem";
import { type RowProblem, RowStatus } from "../../gen/storebot/v1/knowledge_pb";
import { useFormat, useText } from "../../i18n/language";
import { Empty, Failed } from "../../part/empty";
import { Icon } from "../../part/icon";
import type { RowFilter } from "../../search";
import css from "./import.module.css";

const statusOf: Record<RowFilter, RowStatus> = {
  ready: RowStatus.READY,
  exists: RowStatus.EXISTS,
  changed: RowStatus.CHANGED,
  repeated: RowStatus.REPEATED,
  invalid: RowStatus.INVALID,
};

function filterOf(status: RowStatus): RowFilter | undefined {
  return (Object.keys(statusOf) as RowFilter[]).find((name) => statusOf[name] === status);
}

/** Rows lists the rows of an import, with what is wrong and how to mend it. */
export function Rows({ importId, only }: { importId: string; only?: RowFilter }) {
  const t = useText();
  const format = useFormat();
  const navigate = useNavigate({ from: "/knowledge/import/$importId" });
  const search = useSearch({ from: "/inside/knowledge/import/$importId" });
  const status = only ?? search.status;
  const found = useImportRows(importId, status ? [statusOf[status]] : [], search.token ?? "");
  const turn = (token: string | undefined) => navigate({ search: (before) => ({ ...before, token }) });

  if (found.isError) return <Failed error={found.error} onRetry={found.refetch} />;
  if (!found.data) return <Skeleton height={320} />;
  const { rows, nextPageToken } = found.data;
  return (
    <Card padding={0}>
      {rows.length === 0 ? (
        <Empty icon="search" title={t.import.noRows} body="" compact>
          {search.status && (
            <Button variant="default" onClick={() => navigate({ search: {}, replace: true })}>
              {t.act.clearFilters}
            </Button>
          )}
        </Empty>
      ) : (
        <Table verticalSpacing="sm" horizontalSpacing="md" className={css.rows}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t.import.row}</Table.Th>
              <Table.Th>{t.import.statusColumn}</Table.Th>
              <Table.Th>{t.import.contentColumn}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => {
              const name = filterOf(row.status);
              return (
                <Table.Tr key={row.rowNumber}>
                  <Table.Td c="dimmed">{format.number(row.rowNumber)}</Table.Td>
                  <Table.Td>
                    <span className={css.dot} data-status={name} />
                    {name && t.import.status[name]}
                  </Table.Td>
                  <Table.Td>
                    <div className={css.content}>
                      <div>
                        <Text size="sm" fw={550} lineClamp={3}>
                          {row.question}
                        </Text>
                        <Text size="sm" c="dimmed" lineClamp={3}>
                          {row.answer}
                        </Text>
                      </div>
                      {row.problems.length > 0 && (
                        <Stack gap={6}>
                          {row.problems.map((problem) => (
                            <Problem key={`${problem.column} ${problem.code}`} problem={problem} />
                          ))}
                        </Stack>
                      )}
                    </div>
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
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

function Problem({ problem }: { problem: RowProblem }) {
  const t = useText();
  const what = lookUp(t.import.code, problem.code) ?? problem.message;
  return (
    <div>
      <Text size="sm" fw={550} c={problem.warning ? undefined : "var(--mantine-color-error)"}>
        {problem.column ? t.import.inColumn(problem.column, what) : what}
      </Text>
      <Text size="sm">{lookUp(t.import.cure, problem.code) ?? problem.cure}</Text>
    </div>
  );
}
