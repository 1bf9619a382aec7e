import { Button, Card, Group, Skeleton, Text, Title } from "@mantine/core";
import { Navigate, useNavigate, useParams } from "@tanstack/react-router";
import { type StepName, stepName, stepOf, steps, useOnboarding, usePassStep } from "../../api/onboarding";
import type { Onboarding } from "../../gen/storebot/v1/onboarding_pb";
import { useText } from "../../i18n/language";
import { Failed } from "../../part/empty";
import { Icon } from "../../part/icon";
import { TextLink } from "../../part/link";
import { useNotice } from "../../part/notice";
import { Page } from "../../part/page";
import css from "./start.module.css";
import { BaselineStep, EntriesStep, PageStep, ShopStep, TryStep } from "./step";

/** StartPage leads a new shop through its set-up; without a step in the address it opens the one the server says. */
export function StartPage() {
  const t = useText();
  const onboarding = useOnboarding();
  const { step } = useParams({ strict: false });
  const state = onboarding.data?.onboarding;
  if (onboarding.isLoadingError)
    return (
      <Page title={t.start.title} narrow>
        <Failed error={onboarding.error} onRetry={onboarding.refetch} />
      </Page>
    );
  if (!state)
    return (
      <Page title={t.start.title} lead={t.start.lead} narrow>
        <Skeleton height={420} radius="lg" />
      </Page>
    );
  const at = steps.find((name) => name === step);
  if (!at) {
    const current = stepName(state.current);
    return current ? (
      <Navigate to="/start/$step" params={{ step: current }} replace />
    ) : (
      <Navigate to="/" replace />
    );
  }
  return (
    <Page title={t.start.title} lead={t.start.lead} narrow>
      <Way state={state} at={at} />
      <Card>
        <Title order={2} mb={4}>
          {t.start.step[at].title}
        </Title>
        <Text c="dimmed" size="sm" mb="md">
          {t.start.step[at].lead}
        </Text>
        <Body at={at} />
        <Onward state={state} at={at} />
      </Card>
    </Page>
  );
}

/** Way shows all steps, which are done, and where one is; each can be opened. */
function Way({ state, at }: { state: Onboarding; at: StepName }) {
  const t = useText();
  return (
    <nav aria-label={t.start.way}>
      <ol className={css.steps}>
        {steps.map((name) => {
          const done = state.steps.find((one) => one.step === stepOf(name))?.done ?? false;
          return (
            <li key={name} className={css.step}>
              <span className={css.mark} data-done={done || undefined}>
                <Icon name={done ? "check" : "circle"} size={16} />
              </span>
              <TextLink
                to="/start/$step"
                params={{ step: name }}
                size="sm"
                className={name === at ? css.here : undefined}
                aria-current={name === at ? "step" : undefined}
                aria-label={`${t.start.step[name].short} (${done ? t.home.done : t.home.notDone})`}
              >
                {t.start.step[name].short}
              </TextLink>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

function Body({ at }: { at: StepName }) {
  switch (at) {
    case "shop":
      return <ShopStep />;
    case "entries":
      return <EntriesStep />;
    case "try":
      return <TryStep />;
    case "page":
      return <PageStep />;
    case "baseline":
      return <BaselineStep />;
  }
}

/** Onward goes to the next step: on when this one is done, later when it is not. */
function Onward({ state, at }: { state: Onboarding; at: StepName }) {
  const t = useText();
  const navigate = useNavigate();
  const notice = useNotice();
  const pass = usePassStep();
  const index = steps.indexOf(at);
  const next = steps[index + 1];
  const before = steps[index - 1];
  const done = state.steps[index]?.done ?? false;
  const go = () => (next ? navigate({ to: "/start/$step", params: { step: next } }) : navigate({ to: "/" }));
  const onward = () =>
    done ? go() : pass.mutate({ step: stepOf(at) }, { onSuccess: go, onError: notice.failed });
  return (
    <Group justify="space-between" mt="xl">
      {before ? (
        <Button
          variant="subtle"
          color="gray"
          onClick={() => navigate({ to: "/start/$step", params: { step: before } })}
        >
          {t.act.back}
        </Button>
      ) : (
        <span />
      )}
      <Button
        variant={done || at === "shop" ? "filled" : "default"}
        onClick={onward}
        loading={pass.isPending}
      >
        {at === "shop" && !done
          ? t.start.right
          : done
            ? next
              ? t.start.onward
              : t.start.finish
            : t.start.later}
      </Button>
    </Group>
  );
}
