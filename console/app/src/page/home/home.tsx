import { Drawer, SegmentedControl, SimpleGrid, Skeleton } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useMemo, useState } from "react";
import { useBaseline, useReport } from "../../api/insight";
import { useEngine } from "../../api/knowledge";
import { useTenant } from "../../api/tenant";
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

const hour = 3_600_000;
const nextHour = (now: number) => Math.ceil(now / hour) * hour;

/** lastDays ends at the next full hour, so that what was asked before is still in sight on the next look. */
export function lastDays(period: Period, now: number) {
  const to = nextHour(now);
  return { from: new Date(to - days[period] * day), to: new Date(to) };
}

/** useLastDays moves on with the hours while the page stays open. */
function useLastDays(period: Period) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setTimeout(() => setNow(Date.now()), nextHour(now) - now + 1);
    return () => clearTimeout(timer);
  }, [now]);
  return useMemo(() => lastDays(period, now), [period, now]);
}

export function HomePage() {
  const t = useText();
  const format = useFormat();
  const navigate = useNavigate({ from: "/" });
  const search = useSearch({ from: "/inside/" });
  const period = search.period ?? "28d";
  const span = useLastDays(period);
  const report = useReport(span);
  const baseline = useBaseline();
  // Facts may be new whenever somebody looks here: nothing of them is taken as fresh.
  const engine = useEngine(0);
  const tenant = useTenant(false, 0);
  // What stands above the figures must not push them down once it is known.
  const figures = [engine, tenant, baseline].some((one) => one.isPending) ? undefined : report.data;
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
      {figures && engine.data && tenant.data?.tenant && (
        <Checklist
          engine={engine.data}
          tenant={tenant.data.tenant}
          hasBaseline={baseline.data?.baseline !== undefined}
        />
      )}
      {report.isError ? (
        <Failed error={report.error} onRetry={report.refetch} />
      ) : (
        <>
          <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="lg">
            {figures ? (
              <>
                <FirstWords waits={figures.firstWords} baseline={baseline.data?.baseline} />
                <WithoutStaff report={figures} />
                <Savings
                  report={figures}
                  baseline={baseline.data}
                  asking={search.baseline === true}
                  onAsk={(asking) => set({ baseline: asking || undefined })}
                  onLedger={() => set({ ledger: true })}
                />
              </>
            ) : (
              periods.map((key) => <Skeleton key={key} height={306} radius="lg" />)
            )}
          </SimpleGrid>
          {!figures && <Skeleton height={720} radius="lg" />}
          {figures?.conversations === 0 && (
            <Empty icon="chat" title={t.home.nothingTitle} body={t.home.nothingBody}>
              <ButtonLink to="/try" variant="light" mt="xs">
                {t.home.nothingAction}
              </ButtonLink>
            </Empty>
          )}
          {figures && figures.conversations > 0 && (
            <>
              <Daily
                days={figures.days}
                asTable={search.view === "table"}
                onView={(view) => set({ view: view === "table" ? "table" : undefined })}
              />
              <Quality report={figures} />
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
