import { Card, Group, Progress, Stack, Text, Title } from "@mantine/core";
import { type StepName, stepName } from "../../api/onboarding";
import type { GetEngineResponse } from "../../gen/storebot/v1/knowledge_pb";
import type { Onboarding } from "../../gen/storebot/v1/onboarding_pb";
import type { Tenant } from "../../gen/storebot/v1/tenant_pb";
import { useFormat, useText } from "../../i18n/language";
import { Icon } from "../../part/icon";
import { ButtonLink } from "../../part/link";
import { useMay } from "../../part/may";
import css from "./home.module.css";

const links = {
  shop: { to: "/start/$step", params: { step: "shop" } },
  entries: { to: "/knowledge/import" },
  try: { to: "/try" },
  page: { to: "/install" },
  baseline: { to: "/", search: { baseline: true } },
} as const;

/** What role each step takes at least. */
const takes = {
  shop: "owner",
  entries: "manager",
  try: "agent",
  page: "owner",
  baseline: "owner",
} as const;

/** Checklist shows what is left of the set-up. Facts of the server tick it, never a click; done, it is gone. */
export function Checklist(props: { onboarding: Onboarding; engine: GetEngineResponse; tenant: Tenant }) {
  const t = useText();
  const format = useFormat();
  const words = t.home.steps;
  // What leads to changing the shop is no way for who may change nothing.
  const may = { owner: useMay("owner"), manager: useMay(), agent: useMay("agent") };
  const facts: Record<StepName, string> = {
    shop: words.shopDone,
    entries: words.entriesDone(props.engine.entries),
    try: words.tryDone,
    page: words.pageDone(format.ago(props.tenant.seenOnSiteAt)),
    baseline: words.baselineDone,
  };
  const steps = props.onboarding.steps.flatMap(({ step, done }) => {
    const name = stepName(step);
    return name ? [{ name, done }] : [];
  });
  const done = steps.filter((step) => step.done).length;
  if (done === steps.length) return null;
  const current = steps.find((step) => !step.done)?.name;

  return (
    <Card>
      <Group justify="space-between" mb="sm">
        <Title order={2}>{t.home.setUp}</Title>
        <Text size="sm" c="dimmed">
          {t.home.setUpDone(done, steps.length)}
        </Text>
      </Group>
      <Progress
        value={(done / steps.length) * 100}
        mb="md"
        aria-label={t.home.setUpDone(done, steps.length)}
      />
      <Stack component="ol" gap={0} className={css.steps}>
        {steps.map((step) => (
          <li key={step.name} className={css.step}>
            <span className={css.tick} data-done={step.done || undefined}>
              <Icon name={step.done ? "check" : "circle"} size={step.done ? 16 : 20} />
            </span>
            <div className={css.stepText}>
              <Text fw={550}>
                {words[step.name]}
                <span className={css.quiet}> ({step.done ? t.home.done : t.home.notDone})</span>
              </Text>
              <Text size="sm" c="dimmed">
                {step.done ? facts[step.name] : words[`${step.name}Hint`]}
              </Text>
            </div>
            {!step.done && may[takes[step.name]] && (
              <ButtonLink {...links[step.name]} variant={step.name === current ? "filled" : "default"}>
                {words[`${step.name}Action`]}
              </ButtonLink>
            )}
          </li>
        ))}
      </Stack>
    </Card>
  );
}
