import { Button, Skeleton, Stack, Table, Text } from "@mantine/core";
import { type Span, useLedger } from "../../api/insight";
import { lookUp } from "../../api/problem";
import type { Format } from "../../i18n/format";
import { useText } from "../../i18n/language";
import { Empty, Failed } from "../../part/empty";
import css from "./home.module.css";

/**
 * Ledger lists the conversations behind the figures, and the minutes each counts
 * for. On a narrow screen the outcome stands under its question.
 */
export function Ledger({ span, format }: { span: Span; format: Format }) {
  const t = useText();
  const ledger = useLedger(span, true);
  if (ledger.isError) return <Failed error={ledger.error} onRetry={ledger.refetch} />;
  if (!ledger.data) return <Skeleton height={320} />;
  const outcome = (word: string) => lookUp(t.ledger.outcomes, word) ?? word;
  const rows = ledger.data.pages.flatMap((page) => page.rows);
  if (rows.length === 0) return <Empty icon="chat" title={t.ledger.empty} body={t.home.nothingBody} />;
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {t.ledger.lead}
      </Text>
      <Table verticalSpacing="xs" className={css.ledger}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t.ledger.question}</Table.Th>
            <Table.Th visibleFrom="sm">{t.ledger.outcome}</Table.Th>
            <Table.Th ta="right">{t.ledger.minutes}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.conversationId}>
              <Table.Td>
                <Text size="sm" fw={550} lineClamp={2}>
                  {row.firstQuestion}
                </Text>
                <Text size="sm" hiddenFrom="sm">
                  {outcome(row.outcome)}
                </Text>
                <Text size="xs" c="dimmed">
                  {format.dateTime(row.startedAt)} · {t.home.questionsAsked(row.questions)}
                </Text>
              </Table.Td>
              <Table.Td visibleFrom="sm">{outcome(row.outcome)}</Table.Td>
              <Table.Td ta="right">
                {[row.minutesLow, row.minutesLikely, row.minutesHigh].map(format.tenths).join(" / ")}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {ledger.hasNextPage && (
        <Button variant="default" loading={ledger.isFetchingNextPage} onClick={() => ledger.fetchNextPage()}>
          {t.act.more}
        </Button>
      )}
    </Stack>
  );
}
