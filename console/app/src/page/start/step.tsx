import { Skeleton, Stack, Text } from "@mantine/core";
import { useBaseline } from "../../api/insight";
import { useEngine } from "../../api/knowledge";
import { useOnboarding } from "../../api/onboarding";
import { useTenant } from "../../api/tenant";
import { useFormat, useText } from "../../i18n/language";
import { ButtonLink } from "../../part/link";
import { BaselineForm } from "../home/baseline";
import { ShopForm } from "../settings/shopform";
import { HoursAtStart } from "./hours";
import { Starter } from "./starter";

/** ShopStep looks at what the sign-up filled in. */
export function ShopStep() {
  const shop = useTenant().data?.tenant;
  const onboarding = useOnboarding();
  return shop ? (
    <>
      <ShopForm shop={shop} onSaved={() => onboarding.refetch()} />
      <HoursAtStart />
    </>
  ) : (
    <Skeleton height={320} radius="lg" />
  );
}

/** EntriesStep offers every way to the first entries; the shop's own file comes first. */
export function EntriesStep() {
  const t = useText();
  const entries = useEngine(0).data?.entries ?? 0;
  return (
    <Stack>
      {entries > 0 && <Text role="status">{t.home.steps.entriesDone(entries)}</Text>}
      <div>
        <ButtonLink to="/knowledge/import" variant={entries > 0 ? "default" : "filled"}>
          {t.start.upload}
        </ButtonLink>{" "}
        <ButtonLink to="/knowledge" variant="default">
          {t.start.type}
        </ButtonLink>
      </div>
      <Starter />
    </Stack>
  );
}

/** TryStep leads to the try-out chat; the first question there ticks it. */
export function TryStep() {
  const t = useText();
  return (
    <div>
      <ButtonLink to="/try">{t.start.toTry}</ButtonLink>
    </div>
  );
}

/** PageStep leads to the snippet and says whether the widget was seen. */
export function PageStep() {
  const t = useText();
  const format = useFormat();
  const shop = useTenant(true).data?.tenant;
  return (
    <Stack align="flex-start">
      <ButtonLink to="/install">{t.start.toInstall}</ButtonLink>
      {shop && (
        <Text size="sm" role="status">
          {shop.seenOnSiteAt ? t.install.seenYes(format.ago(shop.seenOnSiteAt)) : t.install.seenNo}
        </Text>
      )}
    </Stack>
  );
}

/** BaselineStep asks how it was before. */
export function BaselineStep() {
  const baseline = useBaseline();
  const onboarding = useOnboarding();
  return baseline.isPending ? (
    <Skeleton height={320} radius="lg" />
  ) : (
    <BaselineForm baseline={baseline.data?.baseline} onDone={() => void onboarding.refetch()} />
  );
}
