import { Card, Group, Skeleton, Table, Text, Title } from "@mantine/core";
import { useGaps } from "../../api/learning";
import { useFormat, useText } from "../../i18n/language";
import { Empty, Failed } from "../../part/empty";
import { ButtonLink, TextLink } from "../../part/link";
import css from "./figures.module.css";

/** How many are named here; all of them are on their own page. */
const most = 10;

/** TopGaps is what shoppers ask most and no entry answers, as it stands now: a gap that is answered is none any more. */
export function TopGaps() {
  const t = useText();
  const format = useFormat();
  const gaps = useGaps(most);
  if (gaps.isLoadingError) return <Failed error={gaps.error} onRetry={gaps.refetch} />;
  if (!gaps.data) return <Skeleton height={240} radius="lg" />;
  const list = gaps.data.gaps;
  return (
    <Card>
      <Group justify="space-between" mb="md">
        <Title order={2}>{t.figures.topGaps}</Title>
        <ButtonLink to="/gaps" variant="light">
          {t.figures.gaps(gaps.data.total)}
        </ButtonLink>
      </Group>
      {list.length === 0 ? (
        <Empty icon="gap" title={t.gaps.emptyTitle} body={t.gaps.emptyBody} />
      ) : (
        <>
          <Text size="sm" c="dimmed" mb="sm">
            {t.figures.topGapsLead}
          </Text>
          <Table className={css.ledger} aria-label={t.figures.topGaps}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t.entry.question}</Table.Th>
                <Table.Th ta="right">{t.home.conversations}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {list.map((gap) => (
                <Table.Tr key={gap.id}>
                  <Table.Th scope="row" fw={400}>
                    <TextLink to="/gaps" search={{ gap: gap.id }} size="sm" lang={gap.language || undefined}>
                      {gap.question}
                    </TextLink>
                  </Table.Th>
                  <Table.Td ta="right">{format.number(gap.conversations)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </>
      )}
    </Card>
  );
}
