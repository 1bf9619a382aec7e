import { SimpleGrid, Stack, Text } from "@mantine/core";
import type { Baseline, GetReportResponse, Percentiles } from "../../gen/storebot/v1/insight_pb";
import { milliseconds } from "../../i18n/format";
import { useFormat, useText } from "../../i18n/language";
import type { FiguresSearch } from "../../search";
import { withoutStaff } from "./behind";
import { Content } from "./content";
import { Daily } from "./daily";
import { Figure } from "./figure";
import { Quality } from "./quality";
import { Reasons } from "./reasons";
import { Spread } from "./spread";

/** A share is not quoted from fewer. */
const enough = 20;

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
            behind={[{ n: report.replied, behind: { replied: true } }]}
          />
        ))}
        <Figure
          title={t.home.withoutStaff}
          hint={t.home.withoutStaffHint}
          value={share(report.answeredWithoutStaff, report.conversations)}
          n={t.home.ofConversations(report.answeredWithoutStaff, report.conversations)}
          previous={previous && share(previous.answeredWithoutStaff, previous.conversations)}
          behind={[{ n: report.answeredWithoutStaff, behind: { outcome: withoutStaff } }]}
        />
        <Figure
          title={t.figures.durable}
          hint={t.figures.durableHint}
          value={share(report.judged - report.cameBack, report.judged)}
          n={t.figures.durableOf(report.judged - report.cameBack, report.judged)}
          previous={previous && share(previous.judged - previous.cameBack, previous.judged)}
          behind={[
            {
              n: report.judged - report.cameBack,
              behind: { lasting: true },
              name: t.figures.openLasting(report.judged - report.cameBack),
            },
            {
              n: report.cameBack,
              behind: { lasting: false },
              name: t.figures.openCameBack(report.cameBack),
            },
          ]}
        />
        <Figure
          title={t.figures.byStaff}
          hint={t.figures.byStaffHint}
          value={staffWait(report)}
          n={t.figures.handedOver(report.staffFirstReply?.n ?? 0)}
          previous={previous && staffWait(previous)}
          behind={[{ n: report.met, behind: { met: true } }]}
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
            behind={[{ n: report.offHours, behind: { off: true } }]}
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
      <Content report={report} previous={previous} share={share} />
      <Reasons handOvers={report.handOvers} previous={previous?.handOvers ?? []} asTable={props.asTable} />
      <Quality report={report} />
    </Stack>
  );
}
