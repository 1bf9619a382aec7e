import { Button, Skeleton, Stack, Table, Text } from "@mantine/core";
import { type Span, useLedger } from "../../api/insight";
import { lookUp } from "../../api/problem";
import type { Format } from "../../i18n/format";
import { useText } from "../../i18n/language";
import { Empty, Failed } from "../../part/empty";

/** Ledger lists the conversations behind the figures, and the minutes each counts for. */
export function Ledger({ span, format }: { span: Span; format: Format }) {
  const t = useText();
  const ledger = useLedger(span, true);
  if (ledger.isError) return <Failed error={ledger.error} onRetry={ledger.refetch} />;
  if (!ledger.data) return <Skeleton height={320} />;
  const rows = ledger.data.pages.flatMap((page) => page.rows);
  if (rows.length === 0) return <Empty icon="chat" title={t.ledger.empty} body={t.home.nothingBody} />;
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {t.ledger.lead}
      </Text>
      <Table.ScrollContainer minWidth={560} type="native" tabIndex={0}>
        <Table verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t.ledger.question}</Table.Th>
              <Table.Th>{t.ledger.outcome}</Table.Th>
              <Table.Th ta="right">{t.ledger.minutes}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={row.conversationId}>
                <Table.Td>
                  <Text size="sm" lineClamp={2}>
                    {row.firstQuestion}
                  </Text>
                  <Text size="xs" c="dimmed">
                    {format.dateTime(row.startedAt)} · {t.home.questionsAsked(row.questions)}
                  </Text>
                </Table.Td>
                <Table.Td>{lookUp(t.ledger.outcomes, row.outcome) ?? row.outcome}</Table.Td>
                <Table.Td ta="right">
                  {[row.minutesLow, row.minutesLikely, row.minutesHigh].map(format.tenths).join(" / ")}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {ledger.hasNextPage && (
        <Button variant="default" loading={ledger.isFetchingNextPage} onClick={() => ledger.fetchNextPage()}>
          {t.act.more}
        </Button>
      )}
    </Stack>
  );
}
