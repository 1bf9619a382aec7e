import { Card, Group, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import type { GetReportResponse } from "../../gen/storebot/v1/insight_pb";
import { useFormat, useText } from "../../i18n/language";
import { Hint } from "../../part/hint";
import { BehindNumber } from "./behind";
import css from "./figures.module.css";

/** Quality shows how questions were answered, and what shoppers said to it. */
export function Quality({ report }: { report: GetReportResponse }) {
  const t = useText();
  const format = useFormat();
  const parts = (
    [
      ["direct", report.direct, css.swatchDirect],
      ["composed", report.composed, css.swatchComposed],
      ["clarify", report.clarify, css.swatchClarify],
      ["abstain", report.abstain, css.swatchAbstain],
      ["small_talk", report.smallTalk, css.swatchTalk],
    ] as const
  ).map(([decision, n, swatch]) => ({ decision, name: t.decision[decision], n, swatch }));
  const all = parts.reduce((sum, part) => sum + part.n, 0);
  return (
    <Card>
      <Group mb="md" wrap="nowrap">
        <Title order={2}>{t.home.decisions}</Title>
        <Hint title={t.home.decisions} hint={t.home.decisionsHint} />
      </Group>
      {all === 0 ? (
        <Text c="dimmed">{t.home.decisionsEmpty}</Text>
      ) : (
        <Stack>
          <div className={css.split} aria-hidden="true">
            {parts
              .filter((part) => part.n > 0)
              .map((part) => (
                <span key={part.name} className={part.swatch} style={{ flex: part.n }} />
              ))}
          </div>
          <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="xs" component="ul" className={css.plain}>
            {parts.map((part) => (
              <Group key={part.name} component="li" gap="xs" wrap="nowrap">
                <span className={`${css.key} ${part.swatch}`} />
                <Text size="sm">{part.name}</Text>
                <Text size="sm" c="dimmed" className={css.numbers}>
                  <BehindNumber n={part.n} of={part.name} behind={{ decision: part.decision }}>
                    {`${format.percent(part.n / all)} · ${format.number(part.n)}`}
                  </BehindNumber>
                </Text>
              </Group>
            ))}
          </SimpleGrid>
          {report.ratedUp + report.ratedDown > 0 && (
            <Text size="sm" c="dimmed">
              {t.home.ratings(report.ratedUp, report.ratedDown)}
            </Text>
          )}
        </Stack>
      )}
    </Card>
  );
}
