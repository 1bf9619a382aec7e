import { Drawer, SegmentedControl, SimpleGrid, Skeleton } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { useBaseline, useReport } from "../../api/insight";
import { useFormat, useText } from "../../i18n/language";
import { Empty, Failed } from "../../part/empty";
import { ButtonLink } from "../../part/link";
import { Page } from "../../part/page";
import { type HomeSearch, type Period, periods } from "../../search";
import { Checklist } from "./checklist";
import { Daily } from "./daily";
import { Ledger } from "./ledger";
import { Quality } from "./quality";
import { Savings } from "./savings";
import { FirstWords, WithoutStaff } from "./stat";

const day = 86_400_000;
const days: Record<Period, number> = { "7d": 7, "28d": 28, "90d": 90 };

/** lastDays ends at the next full hour, so that the same question is not asked anew on each look. */
export function lastDays(period: Period, now: number) {
  const to = Math.ceil(now / 3_600_000) * 3_600_000;
  return { from: new Date(to - days[period] * day), to: new Date(to) };
}

export function HomePage() {
  const t = useText();
  const format = useFormat();
  const navigate = useNavigate({ from: "/" });
  const search = useSearch({ from: "/inside/" });
  const period = search.period ?? "28d";
  const span = useMemo(() => lastDays(period, Date.now()), [period]);
  const report = useReport(span);
  const baseline = useBaseline();
  const set = (change: HomeSearch) =>
    navigate({ search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false });

  return (
    <Page
      title={t.home.title}
      actions={
        <SegmentedControl
          aria-label={t.home.period}
          value={period}
          onChange={(value) => set({ period: value === "28d" ? undefined : (value as Period) })}
          data={periods.map((value) => ({ value, label: t.home.periods[value] }))}
        />
      }
    >
      <Checklist hasBaseline={baseline.data?.baseline !== undefined} />
      {report.isError ? (
        <Failed error={report.error} onRetry={report.refetch} />
      ) : (
        <>
          <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="lg">
            {report.data ? (
              <>
                <FirstWords waits={report.data.firstWords} baseline={baseline.data?.baseline} />
                <WithoutStaff report={report.data} />
                <Savings
                  report={report.data}
                  baseline={baseline.data}
                  asking={search.baseline === true}
                  onAsk={(asking) => set({ baseline: asking || undefined })}
                  onLedger={() => set({ ledger: true })}
                />
              </>
            ) : (
              periods.map((key) => <Skeleton key={key} height={236} radius="lg" />)
            )}
          </SimpleGrid>
          {!report.data && <Skeleton height={340} radius="lg" />}
          {report.data?.conversations === 0 && (
            <Empty icon="chat" title={t.home.nothingTitle} body={t.home.nothingBody}>
              <ButtonLink to="/try" variant="light" mt="xs">
                {t.home.nothingAction}
              </ButtonLink>
            </Empty>
          )}
          {report.data && report.data.conversations > 0 && (
            <>
              <Daily
                days={report.data.days}
                asTable={search.view === "table"}
                onView={(view) => set({ view: view === "table" ? "table" : undefined })}
              />
              <Quality report={report.data} />
            </>
          )}
        </>
      )}
      <Drawer
        opened={search.ledger === true}
        onClose={() => set({ ledger: undefined })}
        position="right"
        size="xl"
        title={t.ledger.title}
        closeButtonProps={{ "aria-label": t.app.close }}
      >
        <Ledger span={span} format={format} />
      </Drawer>
    </Page>
  );
}
