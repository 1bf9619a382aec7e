import {
  Button,
  Card,
  Group,
  Modal,
  NumberInput,
  SimpleGrid,
  Skeleton,
  Slider,
  Stack,
  Text,
  Title,
} from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import type { Span } from "../../api/insight";
import type { Baseline, GetReportResponse } from "../../gen/storebot/v1/insight_pb";
import { minorDigits } from "../../i18n/format";
import { useFormat, useText } from "../../i18n/language";
import { May } from "../../part/may";
import type { FiguresSearch } from "../../search";
import { withoutStaff } from "./behind";
import { Figure } from "./figure";
import css from "./figures.module.css";
import { Ledger } from "./ledger";

const BaselineForm = lazy(() => import("../home/baseline").then((file) => ({ default: file.BaselineForm })));

type Props = {
  report: GetReportResponse;
  previous?: GetReportResponse;
  baseline?: Baseline;
  span: Span;
  search: FiguresSearch;
  set: (change: FiguresSearch) => void;
};

/** Savings is the ledger: what each conversation counts for, added up with the merchant's own numbers or any others. */
export function Savings(props: Props) {
  const t = useText();
  const [asking, setAsking] = useState(false);
  const { baseline } = props;
  return (
    <Stack gap="lg">
      {baseline ? (
        <Sums {...props} baseline={baseline} onEdit={() => setAsking(true)} />
      ) : (
        <Card>
          <Text mb="md">{t.baseline.needed}</Text>
          <May least="owner">
            <Button variant="light" onClick={() => setAsking(true)}>
              {t.home.steps.baselineAction}
            </Button>
          </May>
        </Card>
      )}
      <Ledger report={props.report} span={props.span} search={props.search} set={props.set} />
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t.baseline.title}
        closeButtonProps={{ "aria-label": t.app.close }}
        centered
      >
        <Suspense fallback={<Skeleton height={380} />}>
          <BaselineForm baseline={baseline} onDone={() => setAsking(false)} />
        </Suspense>
      </Modal>
    </Stack>
  );
}

function Sums(props: Props & { baseline: Baseline; onEdit: () => void }) {
  const t = useText();
  const format = useFormat();
  const { report, previous, baseline, search, set } = props;
  const scale = 10 ** minorDigits(baseline.currency);
  const saved = { minutes: report.minutesPerConversation, wage: Number(baseline.hourlyWageMinor) / scale };
  const minutes = search.minutes ?? saved.minutes;
  const wage = search.wage ?? saved.wage;
  const tried = minutes !== saved.minutes || wage !== saved.wage;
  // The server counts, this page multiplies: one definition, in package insight.
  const money = (conversations: number) =>
    format.money(BigInt(Math.floor((conversations * minutes * wage * scale) / 60)), baseline.currency);
  const lasting = (value: number, own: number) => (value === own ? undefined : value);
  const failed = report.outcomes.find((one) => one.outcome === "failed_hand_off")?.n ?? 0;
  // What is counted, and what is taken away.
  const behind = (saved: number, outcomes: string) => [
    { n: saved + 2 * failed, behind: { outcome: `${outcomes},failed_hand_off` } },
  ];
  const rows = [
    ["low", t.home.low, t.home.formulaLow, report.savedLow, previous?.savedLow, "confirmed"],
    [
      "likely",
      t.home.likelyName,
      t.home.formulaLikely,
      report.savedLikely,
      previous?.savedLikely,
      "confirmed,untouched",
    ],
    ["high", t.home.high, t.home.formulaHigh, report.savedHigh, previous?.savedHigh, withoutStaff],
  ] as const;
  const work = (mins: number) => format.work(mins, Math.max(...rows.map(([, , , now]) => now)) * minutes);
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="lg">
        {rows.map(([key, name, hint, now, then, outcomes]) => (
          <Figure
            key={key}
            title={name}
            hint={hint}
            value={work(now * minutes)}
            also={money(now)}
            n={t.figures.counted(now, report.conversations)}
            previous={
              previous && previous.conversations > 0 && then !== undefined
                ? `${work(then * minutes)} · ${money(then)}`
                : undefined
            }
            behind={behind(now, outcomes)}
          />
        ))}
      </SimpleGrid>
      <Card>
        <Title order={2} mb="sm">
          {t.figures.formulaTitle}
        </Title>
        <div className={css.formula}>
          {t.figures.formula(
            format.number(report.savedLikely + failed),
            format.number(failed),
            format.minutes(minutes),
            format.money(BigInt(Math.round(wage * scale)), baseline.currency),
            format.work(report.savedLikely * minutes),
            money(report.savedLikely),
          )}
        </div>
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xl" mt="md">
          <Try
            label={t.figures.tryMinutes}
            value={minutes}
            max={Math.max(20, Math.ceil(saved.minutes * 3))}
            step={0.5}
            onChange={(value) => set({ minutes: lasting(value, saved.minutes) })}
          />
          <Try
            label={t.figures.tryWage(baseline.currency)}
            value={wage}
            max={Math.max(scale === 1 ? 3000 : 60, Math.ceil(saved.wage * 3))}
            step={1}
            onChange={(value) => set({ wage: lasting(value, saved.wage) })}
          />
        </SimpleGrid>
        <Group mt="md" gap="xs">
          {tried && (
            <Button variant="default" onClick={() => set({ minutes: undefined, wage: undefined })}>
              {t.figures.ownNumbers}
            </Button>
          )}
          <May least="owner">
            <Button variant="default" onClick={props.onEdit}>
              {t.home.editBaseline}
            </Button>
          </May>
          <Text size="sm" c="dimmed">
            {tried
              ? t.figures.trying
              : report.measuredFrom > 0
                ? t.figures.usesMeasured(format.minutes(saved.minutes), report.measuredFrom)
                : t.figures.usesOwn}
          </Text>
        </Group>
        {report.savings && report.savings.notYetDurable > 0 && (
          <Text size="sm" mt="sm">
            {t.home.notYetDurable(report.savings.notYetDurable)}
          </Text>
        )}
      </Card>
    </>
  );
}

/** Try is a number to play with; only the form saves one. */
function Try(props: {
  label: string;
  value: number;
  max: number;
  step: number;
  onChange: (value: number) => void;
}) {
  const change = (value: number | string) => {
    if (typeof value === "number" && value > 0) props.onChange(value);
  };
  return (
    <div>
      <NumberInput
        label={props.label}
        value={props.value}
        min={0}
        decimalScale={2}
        thousandSeparator=","
        onChange={change}
      />
      <Slider
        mt="sm"
        thumbLabel={props.label}
        value={Math.min(props.value, props.max)}
        min={props.step}
        max={props.max}
        step={props.step}
        label={null}
        onChange={change}
      />
    </div>
  );
}
