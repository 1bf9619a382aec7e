import { Card, Skeleton, Stack, Table, Text, Title } from "@mantine/core";
import { type Span, useTopEntries } from "../../api/insight";
import { useFormat, useText } from "../../i18n/language";
import { Empty, Failed } from "../../part/empty";
import { TextLink } from "../../part/link";
import { BehindNumber } from "./behind";
import css from "./figures.module.css";
import { TopGaps } from "./topgaps";

/** Questions is what shoppers ask most, and what they ask most that nothing answers. */
export function Questions({ span }: { span: Span }) {
  return (
    <Stack gap="lg">
      <TopEntries span={span} />
      <TopGaps />
    </Stack>
  );
}

function TopEntries({ span }: { span: Span }) {
  const t = useText();
  const format = useFormat();
  const top = useTopEntries(span);
  if (top.isLoadingError) return <Failed error={top.error} onRetry={top.refetch} />;
  if (!top.data) return <Skeleton height={480} radius="lg" />;
  const { entries } = top.data;
  return (
    <Card>
      <Title order={2} mb="md">
        {t.figures.topQuestions}
      </Title>
      {entries.length === 0 ? (
        <Empty icon="knowledge" title={t.figures.noTop} body={t.figures.noTopBody} />
      ) : (
        <>
          <Text size="sm" c="dimmed" mb="sm">
            {t.figures.topLead}
          </Text>
          <Table className={css.ledger}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t.entry.question}</Table.Th>
                <Table.Th ta="right" className={css.narrow}>
                  {t.figures.answers}
                </Table.Th>
                <Table.Th ta="right">{t.figures.ratedShort}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {entries.map((entry) => (
                <Table.Tr key={entry.entryId}>
                  <Table.Th scope="row" fw={400}>
                    {entry.question ? (
                      <TextLink to="/knowledge" search={{ entry: entry.entryId }} size="sm">
                        {entry.question}
                      </TextLink>
                    ) : (
                      <Text size="sm" c="dimmed">
                        {t.figures.deletedEntry}
                      </Text>
                    )}
                  </Table.Th>
                  <Table.Td ta="right">
                    <BehindNumber
                      n={entry.answers}
                      of={entry.question || t.figures.deletedEntry}
                      behind={{ source: entry.entryId }}
                    >
                      {format.number(entry.answers)}
                    </BehindNumber>
                  </Table.Td>
                  <Table.Td ta="right">
                    {format.number(entry.ratedUp)} / {format.number(entry.ratedDown)}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </>
      )}
    </Card>
  );
}
