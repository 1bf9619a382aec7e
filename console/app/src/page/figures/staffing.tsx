import {
  Alert,
  Card,
  Group,
  NativeSelect,
  SegmentedControl,
  SimpleGrid,
  Skeleton,
  Stack,
  Text,
  Title,
} from "@mantine/core";
import { useHours } from "../../api/hours";
import { type Span, useStaffingPlan } from "../../api/insight";
import type { GetStaffingPlanResponse, StaffingHour } from "../../gen/storebot/v1/insight_pb";
import { useFormat, useText } from "../../i18n/language";
import { Empty, Failed } from "../../part/empty";
import { Icon } from "../../part/icon";
import { type FiguresSearch, type Measure, measures } from "../../search";
import { aboutTheShop, BehindLink, forStaff, withoutStaff } from "./behind";
import css from "./figures.module.css";
import { Heat } from "./heat";
import { HourTable } from "./hourtable";
import { type Usual, usualHours } from "./usual";

const levels = [0.8, 0.9, 0.95];
const waits = [1, 5, 15, 60];
const hours = Array.from({ length: 24 }, (_, hour) => hour);
/** A closing is advised when the bot answers this share of what comes after it, and enough came to tell. */
const advised = { share: 0.9, n: 30 };
const patiences = [2, 5, 10, 20, 30, 60];
/** What conversations each measure counts; people are needed for what the bot leaves. */
const counted: Record<Measure, string> = {
  conversations: aboutTheShop,
  bot: withoutStaff,
  rest: forStaff,
  staff: forStaff,
};

/** Staffing is when shoppers ask, what the bot carries, and how many people the rest needs. */
export function Staffing(props: { span: Span; search: FiguresSearch; set: (change: FiguresSearch) => void }) {
  const hours = useHours();
  if (hours.isPending) return <Skeleton height={640} radius="lg" />;
  // Without the opening hours it is planned all the same.
  return <Plan {...props} usual={usualHours(hours.data?.hours?.openings ?? [])} />;
}

function Plan({
  span,
  search,
  set,
  usual,
}: {
  span: Span;
  search: FiguresSearch;
  set: (change: FiguresSearch) => void;
  usual: Usual;
}) {
  const t = useText();
  const format = useFormat();
  const level = search.level ?? 0.8;
  const wait = search.within ?? 5;
  const patience = search.patience ?? 10;
  const opens = search.opens ?? usual.opens ?? 8;
  const plan = useStaffingPlan(span, { level, waitMinutes: wait, patienceMinutes: patience, opensAt: opens });
  const measure = search.measure ?? "conversations";
  if (plan.isLoadingError) return <Failed error={plan.error} onRetry={plan.refetch} />;
  if (!plan.data) return <Skeleton height={640} radius="lg" />;
  const { data } = plan;
  if (data.conversations === 0)
    return <Empty icon="clock" title={t.figures.noLoad} body={t.home.nothingBody} />;
  const watched = data.weeks < 1 ? t.figures.underAWeek : t.figures.weeks(format.tenths(data.weeks));
  const needsMinutes = data.enough && data.minutesPerConversation === 0;
  return (
    <Stack gap="lg">
      {!data.enough && (
        <Alert color="amber" variant="light" icon={<Icon name="info" />} title={t.home.tooLittle}>
          {t.figures.planTooLittle(data.conversations, watched)}
        </Alert>
      )}
      {data.enough && <Closing plan={data} search={search} set={set} opens={opens} usual={usual} />}
      <Card>
        <Group justify="space-between" mb={4}>
          <Title order={2}>{t.figures.load}</Title>
          <SegmentedControl
            size="sm"
            aria-label={t.act.view}
            value={search.view ?? "chart"}
            onChange={(view) => set({ view: view === "table" ? view : undefined })}
            data={[
              { value: "chart", label: t.act.chart },
              { value: "table", label: t.act.table },
            ]}
          />
        </Group>
        <Text size="sm" c="dimmed" mb="md">
          {format.sentences(
            t.figures.loadFrom(data.conversations, watched),
            needsMinutes ? t.baseline.needed : t.figures.planHint(format.minutes(patience)),
          )}
        </Text>
        <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="md" mb="md" className={css.choices}>
          <NativeSelect
            label={t.figures.shown}
            value={measure}
            onChange={(event) => set({ measure: event.currentTarget.value as Measure })}
            data={measures.map((value) => ({ value, label: t.figures.measures[value] }))}
          />
          <NativeSelect
            label={t.figures.level}
            value={String(level)}
            onChange={(event) => set({ level: Number(event.currentTarget.value) })}
            data={levels.map((value) => ({ value: String(value), label: format.percent(value) }))}
          />
          <NativeSelect
            label={t.figures.within}
            value={String(wait)}
            onChange={(event) => set({ within: Number(event.currentTarget.value) })}
            data={choices(waits, wait).map((value) => ({
              value: String(value),
              label: format.minutes(value),
            }))}
          />
          <NativeSelect
            label={t.figures.patience}
            value={String(patience)}
            onChange={(event) => set({ patience: Number(event.currentTarget.value) })}
            data={choices(patiences, patience).map((value) => ({
              value: String(value),
              label: format.minutes(value),
            }))}
          />
        </SimpleGrid>
        {search.view === "table" ? (
          <HourTable hours={data.hours} name={t.figures.load} />
        ) : (
          <Heat
            hours={data.hours}
            name={t.figures.measures[measure]}
            start={opens}
            value={(one) => measured(one, measure, data)}
            outcome={counted[measure]}
          />
        )}
      </Card>
    </Stack>
  );
}

/** choices are those that are offered, and what an address names beside them. */
function choices(offered: number[], chosen: number): number[] {
  return [...new Set([...offered, chosen])].sort((a, b) => a - b);
}

/** measured is what a cell shows: conversations a week, those so far while no week is over, or people. */
function measured(one: StaffingHour, measure: Measure, plan: GetStaffingPlanResponse): number {
  const weeks = Math.max(1, plan.weeks);
  if (measure === "bot") return one.byBot / weeks;
  if (measure === "rest") return one.forStaff / weeks;
  if (measure === "staff") return one.staff;
  return one.conversations / weeks;
}

function Closing(props: {
  plan: GetStaffingPlanResponse;
  search: FiguresSearch;
  set: (change: FiguresSearch) => void;
  opens: number;
  usual: Usual;
}) {
  const t = useText();
  const format = useFormat();
  const { closings } = props.plan;
  const best = closings.find(
    (one) => one.conversations >= advised.n && one.byBot / one.conversations >= advised.share,
  );
  const hour = props.search.closes ?? props.usual.closes ?? best?.hour ?? 22;
  const own =
    props.usual.opens !== undefined && props.search.closes === undefined && props.search.opens === undefined;
  const chosen = closings.find((one) => one.hour === hour) ?? closings[closings.length - 1];
  if (!chosen) return null;
  const enough = chosen.conversations >= advised.n;
  return (
    <Card>
      <Title order={2} mb="sm">
        {t.figures.closing}
      </Title>
      <Text size="lg" fw={550}>
        {!enough
          ? t.figures.closeTooLittle(format.hour(chosen.hour), chosen.conversations)
          : chosen.byBot / chosen.conversations >= advised.share
            ? t.figures.canClose(
                format.hour(chosen.hour),
                format.percent(chosen.byBot / chosen.conversations),
              )
            : t.figures.cannotClose(
                format.hour(chosen.hour),
                format.percent(chosen.byBot / chosen.conversations),
              )}
      </Text>
      {best && best.hour < chosen.hour && (
        <Text mt={4}>
          {t.figures.canClose(format.hour(best.hour), format.percent(best.byBot / best.conversations))}
        </Text>
      )}
      <Text size="sm" c="dimmed" mt={4}>
        {format.sentences(
          t.figures.closeFrom(
            format.hour(chosen.hour),
            format.hour(props.opens),
            t.home.ofConversations(chosen.byBot, chosen.conversations),
          ),
          own && t.figures.ownHours,
        )}
      </Text>
      <BehindLink
        n={chosen.conversations}
        behind={{ after: chosen.hour, before: props.opens, outcome: aboutTheShop }}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md" mt="md" maw={560}>
        <NativeSelect
          label={t.figures.closesAt}
          value={String(chosen.hour)}
          onChange={(event) => props.set({ closes: Number(event.currentTarget.value) })}
          data={closings.map((one) => ({ value: String(one.hour), label: format.hour(one.hour) }))}
        />
        <NativeSelect
          label={t.figures.opensAt}
          value={String(props.opens)}
          onChange={(event) => props.set({ opens: Number(event.currentTarget.value) })}
          data={hours.map((value) => ({ value: String(value), label: format.hour(value) }))}
        />
      </SimpleGrid>
    </Card>
  );
}
