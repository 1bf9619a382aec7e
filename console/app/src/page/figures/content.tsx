import { Card, Stack, Table, Text, Title } from "@mantine/core";
import type { GetReportResponse } from "../../gen/storebot/v1/insight_pb";
import { useFormat, useText } from "../../i18n/language";
import { heards } from "../../search";
import { BehindLink } from "./behind";
import css from "./figures.module.css";

/** Content is how content shoppers were, by whose words they had read. */
export function Content(props: {
  report: GetReportResponse;
  previous?: GetReportResponse;
  share: (part: number, all: number) => string | undefined;
}) {
  const t = useText();
  const format = useFormat();
  return (
    <Card>
      <Title order={2} mb="sm">
        {t.figures.satisfaction}
      </Title>
      <div className={css.formula}>{t.figures.satisfactionFormula}</div>
      <Table mt="md" verticalSpacing="xs" className={css.parted}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t.figures.whoWrote}</Table.Th>
            <Table.Th ta="right">{t.figures.rating.content}</Table.Th>
            <Table.Th ta="right">{t.figures.rated}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {heards.map((heard) => {
            const now = ratings(props.report, heard);
            const then = ratings(props.previous, heard);
            const before = props.share(then.content, then.all);
            const share = props.share(now.content, now.all);
            return (
              <Table.Tr key={heard}>
                <Table.Th scope="row" fw={400}>
                  <Text size="sm" fw={550}>
                    {t.figures.heard[heard]}
                  </Text>
                  <Text size="xs" c="dimmed">
                    {t.figures.heardHint[heard]}
                  </Text>
                </Table.Th>
                <Table.Td ta="right">
                  {share ? (
                    <Text fw={600}>{share}</Text>
                  ) : (
                    <Text size="xs" c="dimmed">
                      {t.home.tooLittle}
                    </Text>
                  )}
                  {before && (
                    <Text size="xs" c="dimmed">
                      {t.figures.previous(before)}
                    </Text>
                  )}
                </Table.Td>
                <Table.Td ta="right">
                  <Text size="sm">{format.number(now.all)}</Text>
                  <Stack gap={2} align="end" className={css.whole}>
                    <BehindLink n={now.content} behind={{ heard, rating: "content" }}>
                      {t.figures.openContent(now.content)}
                    </BehindLink>
                    <BehindLink n={now.all - now.content} behind={{ heard, rating: "discontent" }}>
                      {t.figures.openDiscontent(now.all - now.content)}
                    </BehindLink>
                  </Stack>
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Card>
  );
}

function ratings(report: GetReportResponse | undefined, heard: string) {
  const one = report?.ratings.find((one) => one.heard === heard);
  return { content: one?.content ?? 0, all: (one?.content ?? 0) + (one?.discontent ?? 0) };
}
