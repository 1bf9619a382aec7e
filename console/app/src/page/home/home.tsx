import { Group, SimpleGrid, Skeleton } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useBaseline, useReport } from "../../api/insight";
import { useEngine } from "../../api/knowledge";
import { useOnboarding } from "../../api/onboarding";
import { useTenant } from "../../api/tenant";
import { useText } from "../../i18n/language";
import { Empty, Failed } from "../../part/empty";
import { ButtonLink } from "../../part/link";
import { Page } from "../../part/page";
import { PeriodChoice } from "../../part/period";
import { type HomeSearch, periods } from "../../search";
import { useLastDays } from "../figures/span";
import { Checklist } from "./checklist";
import { Savings } from "./savings";
import { FirstWords, WithoutStaff } from "./stat";

export function HomePage() {
  const t = useText();
  const navigate = useNavigate({ from: "/" });
  const search = useSearch({ from: "/inside/" });
  const period = search.period ?? "28d";
  const span = useLastDays(period);
  const report = useReport(span);
  const baseline = useBaseline();
  // Facts may be new whenever somebody looks here: nothing of them is taken as fresh.
  const onboarding = useOnboarding();
  const engine = useEngine(0);
  const tenant = useTenant(false, 0);
  const asked = [report, baseline];
  const failed = asked.find((one) => one.isLoadingError);
  const again = () => {
    for (const one of asked) if (one.isError) void one.refetch();
  };
  // What stands above the figures must not push them down once it is known: nothing is shown of either before.
  const figures = [onboarding, engine, tenant, baseline].some((one) => one.isPending)
    ? undefined
    : report.data;
  const set = (change: HomeSearch) =>
    navigate({ search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false });

  return (
    <Page
      title={t.home.title}
      actions={<PeriodChoice period={period} onChange={(period) => set({ period })} />}
    >
      {figures && onboarding.data?.onboarding && engine.data && tenant.data?.tenant && (
        <Checklist onboarding={onboarding.data.onboarding} engine={engine.data} tenant={tenant.data.tenant} />
      )}
      {failed ? (
        <Failed error={failed.error} onRetry={again} />
      ) : (
        <>
          <SimpleGrid key={figures ? "figures" : "waiting"} cols={{ base: 1, sm: 2, lg: 3 }} spacing="lg">
            {figures ? (
              <>
                <FirstWords report={figures} baseline={baseline.data?.baseline} period={search.period} />
                <WithoutStaff report={figures} period={search.period} />
                <Savings
                  report={figures}
                  baseline={baseline.data}
                  asking={search.baseline === true}
                  onAsk={(asking) => set({ baseline: asking || undefined })}
                />
              </>
            ) : (
              periods.map((key) => <Skeleton key={key} height={306} radius="lg" />)
            )}
          </SimpleGrid>
          {figures?.conversations === 0 && (
            <Empty icon="chat" title={t.home.nothingTitle} body={t.home.nothingBody}>
              <ButtonLink to="/try" variant="light" mt="xs">
                {t.home.nothingAction}
              </ButtonLink>
            </Empty>
          )}
          {figures && figures.conversations > 0 && (
            <Group justify="center">
              <ButtonLink to="/figures" search={{ period: search.period }} variant="default">
                {t.figures.all}
              </ButtonLink>
            </Group>
          )}
        </>
      )}
    </Page>
  );
}
