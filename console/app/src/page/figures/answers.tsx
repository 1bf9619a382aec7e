import { SimpleGrid, Stack, Text } from "@mantine/core";
import type { Baseline, GetReportResponse, Percentiles } from "../../gen/storebot/v1/insight_pb";
import { milliseconds } from "../../i18n/format";
import { useFormat, useText } from "../../i18n/language";
import type { FiguresSearch } from "../../search";
import { Daily } from "./daily";
import { Figure } from "./figure";
import { Quality } from "./quality";
import { Spread } from "./spread";

/** A share is not quoted from fewer. */
const enough = 20;

export const without = ["confirmed", "untouched", "returned"];

/** Answers is how long shoppers wait and how much the bot deals with alone. */
export function Answers(props: {
  report: GetReportResponse;
  previous?: GetReportResponse;
  baseline?: Baseline;
  asTable: boolean;
  set: (change: FiguresSearch) => void;
}) {
  const t = useText();
  const format = useFormat();
  const { report, previous } = props;
  const wait = (waits: Percentiles | undefined, key: "p50" | "p95" | "p99") =>
    waits?.enough ? format.wait(waits[key]) : undefined;
  const share = (part: number, all: number) => (all >= enough ? format.percent(part / all) : undefined);
  const open = (outcomes: string[]) => () =>
    props.set({ tab: "savings", outcome: outcomes.join(",") || undefined });
  const alone = (one: GetReportResponse) => ({
    up: one.ratedUp - one.assistedUp,
    all: one.ratedUp + one.ratedDown - one.assistedUp - one.assistedDown,
  });
  const staffWait = (one: GetReportResponse) =>
    one.staffFirstReply?.enough && one.staffFirstReply.p50
      ? format.work(milliseconds(one.staffFirstReply.p50) / 60_000)
      : undefined;
  return (
    <Stack gap="lg">
      {previous && previous.conversations < enough && (
        <Text size="sm" c="dimmed">
          {t.figures.noPrevious}
        </Text>
      )}
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="lg">
        {(["p50", "p95", "p99"] as const).map((key) => (
          <Figure
            key={key}
            title={t.figures.wait[key]}
            hint={t.home.firstWordsHint}
            value={wait(report.firstWords, key)}
            n={t.home.nReplies(report.firstWords?.n ?? 0)}
            previous={wait(previous?.firstWords, key)}
            onOpen={open([])}
          />
        ))}
        <Figure
          title={t.home.withoutStaff}
          hint={t.home.withoutStaffHint}
          value={share(report.answeredWithoutStaff, report.conversations)}
          n={t.home.ofConversations(report.answeredWithoutStaff, report.conversations)}
          previous={previous && share(previous.answeredWithoutStaff, previous.conversations)}
          onOpen={open(without)}
        />
        <Figure
          title={t.figures.durable}
          hint={t.figures.durableHint}
          value={share(report.judged - report.cameBack, report.judged)}
          n={t.figures.durableOf(report.judged - report.cameBack, report.judged)}
          previous={previous && share(previous.judged - previous.cameBack, previous.judged)}
          onOpen={open(["returned"])}
        />
        <Figure
          title={t.figures.satisfied}
          hint={t.figures.satisfiedHint}
          value={share(alone(report).up, alone(report).all)}
          n={t.figures.ratingsOf(alone(report).up, alone(report).all)}
          previous={previous && share(alone(previous).up, alone(previous).all)}
          onOpen={open(["confirmed", "not_helpful"])}
        />
        <Figure
          title={t.figures.byStaff}
          hint={t.figures.byStaffHint}
          value={staffWait(report)}
          n={t.figures.handedOver(report.staffFirstReply?.n ?? 0)}
          previous={previous && staffWait(previous)}
          onOpen={open(["handed_off"])}
        />
        <Figure
          title={t.figures.assisted}
          hint={t.figures.assistedHint}
          value={share(report.assistedUp, report.assistedUp + report.assistedDown)}
          n={t.figures.ratingsOf(report.assistedUp, report.assistedUp + report.assistedDown)}
          previous={previous && share(previous.assistedUp, previous.assistedUp + previous.assistedDown)}
          onOpen={open(["handed_off"])}
        />
        {report.offHours !== undefined && (
          <Figure
            title={t.figures.offHours}
            hint={t.figures.offHoursHint}
            value={share(report.offHours, report.conversations)}
            n={t.home.ofConversations(report.offHours, report.conversations)}
            previous={
              previous?.offHours === undefined ? undefined : share(previous.offHours, previous.conversations)
            }
          />
        )}
      </SimpleGrid>
      <Daily
        days={report.days}
        asTable={props.asTable}
        onView={(view) => props.set({ view: view === "table" ? "table" : undefined })}
      />
      <Spread
        spread={report.spread}
        n={report.firstWords?.n ?? 0}
        baseline={props.baseline}
        p50={report.firstWords?.enough ? report.firstWords.p50 : undefined}
        asTable={props.asTable}
      />
      <Quality report={report} />
    </Stack>
  );
}
