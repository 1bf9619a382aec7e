import { Anchor, Button, Group, Modal, Skeleton, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { lazy, Suspense } from "react";
import type {
  Baseline,
  GetBaselineResponse,
  GetReportResponse,
  Savings as Saved,
} from "../../gen/storebot/v1/insight_pb";
import { useFormat, useText } from "../../i18n/language";
import { TextLink } from "../../part/link";
import { May } from "../../part/may";
import css from "./home.module.css";
import { Pair, Stat, TooLittle } from "./stat";

// Asked once: not worth its fields on every first load.
const BaselineForm = lazy(() => import("./baseline").then((file) => ({ default: file.BaselineForm })));

/** Savings asks for the merchant's own numbers once, and then says what is saved: low, likely, high. */
export function Savings(props: {
  report: GetReportResponse;
  baseline?: GetBaselineResponse;
  asking: boolean;
  onAsk: (asking: boolean) => void;
}) {
  const t = useText();
  const { report } = props;
  const baseline = props.baseline?.baseline;
  return (
    <Stat icon="coin" title={t.home.saved} hint={t.home.savedHint} id="saved">
      {!baseline && (
        <>
          <Text size="sm">{t.baseline.needed}</Text>
          <May least="owner">
            <Button
              variant="light"
              mt="md"
              onClick={() => props.onAsk(true)}
              w="fit-content"
              disabled={!props.baseline}
            >
              {t.home.steps.baselineAction}
            </Button>
          </May>
        </>
      )}
      {baseline && (!report.savings || report.conversations === 0) && (
        <TooLittle replies={report.questions} />
      )}
      {baseline && report.savings && report.conversations > 0 && (
        <Sum
          saved={report.savings}
          minutes={report.minutesPerConversation || baseline.minutesPerConversation}
          baseline={baseline}
          onEdit={() => props.onAsk(true)}
        />
      )}
      <Modal
        opened={props.asking && props.baseline !== undefined}
        onClose={() => props.onAsk(false)}
        title={t.baseline.title}
        closeButtonProps={{ "aria-label": t.app.close }}
        centered
      >
        <Suspense fallback={<Skeleton height={380} />}>
          <BaselineForm baseline={baseline} onDone={() => props.onAsk(false)} />
        </Suspense>
      </Modal>
    </Stat>
  );
}

function Sum(props: { saved: Saved; minutes: number; baseline: Baseline; onEdit: () => void }) {
  const t = useText();
  const format = useFormat();
  const [shown, formula] = useDisclosure(false);
  const { saved, baseline } = props;
  const money = (minor: bigint) => format.money(minor, saved.currency);
  const work = (minutes: number) => format.work(minutes, saved.minutesHigh);
  return (
    <>
      <div className={css.figure}>{work(saved.minutesLikely)}</div>
      <Text size="sm" c="dimmed">
        {t.home.likelyRange(work(saved.minutesLow), work(saved.minutesHigh))}
      </Text>
      <dl className={css.pairs}>
        <Pair name={t.home.money} value={money(saved.moneyMinorLikely)} />
        <Pair name={t.home.range(money(saved.moneyMinorLow), money(saved.moneyMinorHigh))} value="" />
      </dl>
      <Group gap="md" className={css.foot}>
        <Anchor component="button" type="button" size="sm" onClick={formula.open}>
          {t.home.howCounted}
        </Anchor>
        <TextLink to="/figures" search={{ tab: "savings" }} size="sm">
          {t.home.ledger}
        </TextLink>
      </Group>
      <Modal
        opened={shown}
        onClose={formula.close}
        title={t.home.howCounted}
        closeButtonProps={{ "aria-label": t.app.close }}
        centered
      >
        <Stack gap="sm">
          <div className={css.formula}>
            {t.home.formula(
              format.minutes(props.minutes),
              format.money(baseline.hourlyWageMinor, baseline.currency),
            )}
          </div>
          {(
            [
              [t.home.low, saved.minutesLow, saved.moneyMinorLow, t.home.formulaLow],
              [t.home.likelyName, saved.minutesLikely, saved.moneyMinorLikely, t.home.formulaLikely],
              [t.home.high, saved.minutesHigh, saved.moneyMinorHigh, t.home.formulaHigh],
            ] as const
          ).map(([name, minutes, minor, why]) => (
            <div key={name}>
              <Group justify="space-between">
                <Text fw={550}>{name}</Text>
                <Text fw={550}>
                  {work(minutes)} · {money(minor)}
                </Text>
              </Group>
              <Text size="sm" c="dimmed">
                {why}
              </Text>
            </div>
          ))}
          {saved.notYetDurable > 0 && <Text size="sm">{t.home.notYetDurable(saved.notYetDurable)}</Text>}
          {saved.failedHandOffs > 0 && <Text size="sm">{t.home.failedHandOffs(saved.failedHandOffs)}</Text>}
          <May least="owner">
            <Button
              variant="default"
              mt="xs"
              onClick={() => {
                formula.close();
                props.onEdit();
              }}
            >
              {t.home.editBaseline}
            </Button>
          </May>
        </Stack>
      </Modal>
    </>
  );
}
