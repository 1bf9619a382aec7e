import { Card, Group, SegmentedControl, Skeleton, Stack, Table, Text, Title } from "@mantine/core";
import { lazy, Suspense } from "react";
import type { Day } from "../../gen/storebot/v1/insight_pb";
import { useFormat, useText } from "../../i18n/language";
import { Hint } from "../../part/hint";
import { BehindLink, withoutStaff } from "./behind";
import css from "./figures.module.css";

// The drawing library is larger than the rest of the console together.
const DailyCharts = lazy(() => import("./chart"));

/** Daily shows the days of the period as a drawing or as a table of the same numbers. */
export function Daily(props: { days: Day[]; asTable: boolean; onView: (view: string) => void }) {
  const t = useText();
  return (
    <Card>
      <Group justify="space-between" mb="md">
        <Group gap="xs" wrap="nowrap">
          <Title order={2}>{t.home.overTime}</Title>
          <Hint title={t.home.overTime} hint={t.home.overTimeHint} />
        </Group>
        <SegmentedControl
          size="sm"
          aria-label={t.act.view}
          value={props.asTable ? "table" : "chart"}
          onChange={props.onView}
          data={[
            { value: "chart", label: t.act.chart },
            { value: "table", label: t.act.table },
          ]}
        />
      </Group>
      {props.asTable ? (
        <DailyTable days={props.days} />
      ) : (
        <Suspense
          fallback={
            <Stack>
              <Skeleton height={290} />
              <Skeleton height={290} />
            </Stack>
          }
        >
          <DailyCharts days={props.days} />
        </Suspense>
      )}
    </Card>
  );
}

function DailyTable({ days }: { days: Day[] }) {
  const t = useText();
  const format = useFormat();
  return (
    <Table.ScrollContainer minWidth={640} maxHeight={480} type="native" tabIndex={0}>
      <Table stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t.home.day}</Table.Th>
            <Table.Th ta="right">{t.home.conversations}</Table.Th>
            <Table.Th ta="right">{t.home.staffless}</Table.Th>
            <Table.Th ta="right">{t.figures.replies}</Table.Th>
            <Table.Th ta="right">{t.home.p50}</Table.Th>
            <Table.Th ta="right">{t.home.p95}</Table.Th>
            <Table.Th ta="right">{t.home.p99}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody className={css.numbers}>
          {days.map((day) => (
            <Table.Tr key={day.date}>
              <Table.Th scope="row" fw={400}>
                <Text size="sm" span>
                  {format.shortDay(day.date)}
                </Text>
              </Table.Th>
              <Table.Td ta="right">
                <BehindLink n={day.conversations} behind={{ day: day.date }}>
                  {format.number(day.conversations)}
                </BehindLink>
              </Table.Td>
              <Table.Td ta="right">
                <BehindLink n={day.answeredWithoutStaff} behind={{ day: day.date, outcome: withoutStaff }}>
                  {format.number(day.answeredWithoutStaff)}
                </BehindLink>
                {day.answeredWithoutStaff === 0 && format.number(0)}
              </Table.Td>
              <Table.Td ta="right">{format.number(day.replies)}</Table.Td>
              <Table.Td ta="right">{format.wait(day.firstWordsP50)}</Table.Td>
              <Table.Td ta="right">{format.wait(day.firstWordsP95)}</Table.Td>
              <Table.Td ta="right">{format.wait(day.firstWordsP99)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
