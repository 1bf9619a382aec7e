import { Alert, Card, Group, Stack, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import type { ReactNode } from "react";
import { problemOf, problemText } from "../api/problem";
import { useText } from "../i18n/language";
import { Icon, Mark } from "../part/icon";
import { LanguageChoice } from "../part/preference";
import css from "./enter.module.css";

/** Enter is the page around signing up and logging in. */
export function Enter(props: { title: string; lead: string; below: ReactNode; children: ReactNode }) {
  const t = useText();
  useDocumentTitle(`${props.title} · ${t.app.name}`);
  return (
    <div className={css.ground}>
      <header className={css.top}>
        <Group gap="xs">
          <Mark />
          <Text fw={620} size="lg">
            {t.app.name}
          </Text>
        </Group>
        <LanguageChoice />
      </header>
      <main className={css.middle} tabIndex={-1}>
        <Stack gap="xl" w="100%" maw={420}>
          <Stack gap={6}>
            <Title order={1}>{props.title}</Title>
            <Text c="dimmed">{props.lead}</Text>
          </Stack>
          <Card padding="xl">{props.children}</Card>
          <Text ta="center" size="sm">
            {props.below}
          </Text>
        </Stack>
      </main>
    </div>
  );
}

/** EnterProblem says why it did not work, unless the fields say so themselves. */
export function EnterProblem({ error }: { error: unknown }) {
  const t = useText();
  if (!error || (problemOf(error)?.fields.length ?? 0) > 0) return null;
  return (
    <Alert color="red" variant="light" icon={<Icon name="alert" />} role="alert">
      {problemText(error, t)}
    </Alert>
  );
}
