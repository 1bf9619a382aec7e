import { Card, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import type { Baseline, GetReportResponse } from "../../gen/storebot/v1/insight_pb";
import { useFormat, useText } from "../../i18n/language";
import { Hint } from "../../part/hint";
import { Icon, type IconName } from "../../part/icon";
import { TextLink } from "../../part/link";
import type { BehindSearch, Period } from "../../search";
import { withoutStaff } from "../figures/behind";
import css from "./home.module.css";

/** Stat is the frame of one figure: what it is, how it is made, and what lies behind. */
export function Stat(props: {
  icon: IconName;
  title: string;
  hint: string;
  id?: string;
  children: ReactNode;
}) {
  return (
    <Card className={css.stat} id={props.id}>
      <div className={css.statHead}>
        <Icon name={props.icon} size={18} />
        <Title order={2} size="sm" fw={550}>
          {props.title}
        </Title>
        <Hint title={props.title} hint={props.hint} />
      </div>
      {props.children}
    </Card>
  );
}

export function Pair({ name, value }: { name: ReactNode; value: ReactNode }) {
  return (
    <div className={css.pair}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** TooLittle stands where a figure would not be worth quoting. */
export function TooLittle({ replies }: { replies: number }) {
  const t = useText();
  return (
    <>
      <Text fw={550}>{t.home.tooLittle}</Text>
      <Text size="sm" c="dimmed" mt={4}>
        {t.home.tooLittleBody(replies)}
      </Text>
    </>
  );
}

export function FirstWords(props: { report: GetReportResponse; baseline?: Baseline; period?: Period }) {
  const t = useText();
  const format = useFormat();
  const { baseline, report } = props;
  const waits = report.firstWords;
  return (
    <Stat icon="clock" title={t.home.firstWords} hint={t.home.firstWordsHint}>
      {waits?.enough ? (
        <>
          <div className={css.figure}>{format.wait(waits.p50)}</div>
          <Text size="sm" c="dimmed">
            {t.home.p50}
          </Text>
          <dl className={css.pairs}>
            <Pair name={t.home.p95} value={format.wait(waits.p95)} />
            <Pair name={t.home.p99} value={format.wait(waits.p99)} />
          </dl>
          <Text size="xs" c="dimmed" className={css.foot}>
            {t.home.nReplies(waits.n)}
            {baseline && (
              <>
                <br />
                {t.home.beforeWait(format.work(baseline.minutesToFirstReply))}
              </>
            )}
          </Text>
          <Behind n={report.replied} period={props.period} behind={{ replied: true }} />
        </>
      ) : (
        <TooLittle replies={waits?.n ?? 0} />
      )}
    </Stat>
  );
}

export function WithoutStaff({ report, period }: { report: GetReportResponse; period?: Period }) {
  const t = useText();
  const format = useFormat();
  const { answeredWithoutStaff, conversations } = report;
  return (
    <Stat icon="people" title={t.home.withoutStaff} hint={t.home.withoutStaffHint}>
      {conversations === 0 ? (
        <TooLittle replies={0} />
      ) : (
        <>
          <div className={css.figure}>{format.percent(answeredWithoutStaff / conversations)}</div>
          <Text size="sm" c="dimmed">
            {t.home.ofConversations(answeredWithoutStaff, conversations)}
          </Text>
          <dl className={css.pairs}>
            <Pair name={t.home.questions} value={format.number(report.questions)} />
            <Pair
              name={t.home.openGaps}
              value={
                <TextLink to="/gaps" size="sm" aria-label={t.gaps.total(report.openGaps)}>
                  {format.number(report.openGaps)}
                </TextLink>
              }
            />
          </dl>
          <Behind n={answeredWithoutStaff} period={period} behind={{ outcome: withoutStaff }} />
        </>
      )}
    </Stat>
  );
}

/** Behind opens the conversations that a figure counts. */
function Behind({ n, period, behind }: { n: number; period?: Period; behind: BehindSearch }) {
  const t = useText();
  if (n === 0) return null;
  return (
    <TextLink to="/figures" search={{ period, tab: "savings", ...behind }} size="sm" mt={4}>
      {t.figures.open(n)}
    </TextLink>
  );
}
