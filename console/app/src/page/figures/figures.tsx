import { Skeleton, Stack, Tabs } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useBaseline, useReport } from "../../api/insight";
import { useText } from "../../i18n/language";
import { Empty, Failed } from "../../part/empty";
import { ButtonLink } from "../../part/link";
import { Page } from "../../part/page";
import { PeriodChoice } from "../../part/period";
import { type FiguresSearch, type FiguresTab, figuresTabs } from "../../search";
import { Answers } from "./answers";
import { spanBefore, useLastDays } from "./span";

const Savings = lazy(() => import("./savings").then((file) => ({ default: file.Savings })));
const Staffing = lazy(() => import("./staffing").then((file) => ({ default: file.Staffing })));
const Questions = lazy(() => import("./questions").then((file) => ({ default: file.Questions })));

export type Set = (change: FiguresSearch) => void;

/** FiguresPage is what the assistant is worth, each part at an address of its own. */
export function FiguresPage() {
  const t = useText();
  const navigate = useNavigate({ from: "/figures" });
  const search = useSearch({ from: "/inside/figures" });
  const period = search.period ?? "28d";
  const tab = search.tab ?? "answers";
  const span = useLastDays(period);
  const report = useReport(span);
  const previous = useReport(spanBefore(span));
  const baseline = useBaseline();
  // Without what it is compared with, a figure would say that there was nothing.
  const asked = [report, previous, baseline];
  const failed = asked.find((one) => one.isLoadingError);
  const again = () => {
    for (const one of asked) if (one.isError) void one.refetch();
  };
  const set: Set = (change) =>
    navigate({ search: (old) => ({ ...old, ...change }), replace: true, resetScroll: false });
  const figures = previous.isPending || baseline.isPending ? undefined : report.data;

  return (
    <Page
      title={t.figures.title}
      lead={t.figures.lead}
      actions={<PeriodChoice period={period} onChange={(period) => set({ period })} />}
    >
      <Tabs
        value={tab}
        onChange={(value) => set({ tab: value === "answers" ? undefined : (value as FiguresTab) })}
        keepMounted={false}
      >
        <Tabs.List mb="lg">
          {figuresTabs.map((value) => (
            <Tabs.Tab key={value} value={value} px="sm">
              {t.figures.tabs[value]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {failed ? (
          <Failed error={failed.error} onRetry={again} />
        ) : !figures ? (
          <Stack>
            <Skeleton height={220} radius="lg" />
            <Skeleton height={420} radius="lg" />
          </Stack>
        ) : figures.conversations === 0 ? (
          <Empty icon="chart" title={t.home.nothingTitle} body={t.home.nothingBody}>
            <ButtonLink to="/try" variant="light" mt="xs">
              {t.home.nothingAction}
            </ButtonLink>
          </Empty>
        ) : (
          <Suspense fallback={<Skeleton height={640} radius="lg" />}>
            <Tabs.Panel value="answers">
              <Answers
                report={figures}
                previous={previous.data}
                baseline={baseline.data?.baseline}
                asTable={search.view === "table"}
                set={set}
              />
            </Tabs.Panel>
            <Tabs.Panel value="savings">
              <Savings
                report={figures}
                previous={previous.data}
                baseline={baseline.data?.baseline}
                span={span}
                search={search}
                set={set}
              />
            </Tabs.Panel>
            <Tabs.Panel value="staffing">
              <Staffing span={span} search={search} set={set} />
            </Tabs.Panel>
            <Tabs.Panel value="questions">
              <Questions span={span} />
            </Tabs.Panel>
          </Suspense>
        )}
      </Tabs>
    </Page>
  );
}
