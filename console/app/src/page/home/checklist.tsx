import { Card, Group, Progress, Stack, Text, Title } from "@mantine/core";
import type { GetEngineResponse } from "../../gen/storebot/v1/knowledge_pb";
import type { Tenant } from "../../gen/storebot/v1/tenant_pb";
import { useFormat, useText } from "../../i18n/language";
import { Icon } from "../../part/icon";
import { ButtonLink } from "../../part/link";
import css from "./home.module.css";

/** Checklist shows what is left of the set-up. Facts of the server tick it, never a click; done, it is gone. */
export function Checklist(props: { engine: GetEngineResponse; tenant: Tenant; hasBaseline: boolean }) {
  const t = useText();
  const format = useFormat();
  const { engine, tenant } = props;
  const words = t.home.steps;
  const steps = [
    {
      name: "entries",
      done: engine.entries > 0,
      fact: words.entriesDone(engine.entries),
      link: { to: "/knowledge/import" },
    },
    {
      name: "origins",
      done: tenant.allowedOrigins.length > 0,
      fact: words.originsDone(tenant.allowedOrigins.length),
      link: { to: "/install" },
    },
    {
      name: "seen",
      done: tenant.seenOnSiteAt !== undefined,
      fact: words.seenDone(format.ago(tenant.seenOnSiteAt)),
      link: { to: "/install" },
    },
    {
      name: "baseline",
      done: props.hasBaseline,
      fact: words.baselineDone,
      link: { to: "/", search: { baseline: true } },
    },
  ] as const;
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
                {step.done ? step.fact : words[`${step.name}Hint`]}
              </Text>
            </div>
            {!step.done && (
              <ButtonLink {...step.link} variant={step.name === current ? "filled" : "default"}>
                {words[`${step.name}Action`]}
              </ButtonLink>
            )}
          </li>
        ))}
      </Stack>
    </Card>
  );
}
