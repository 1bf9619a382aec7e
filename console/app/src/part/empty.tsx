import { Button, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { problemText } from "../api/problem";
import { useText } from "../i18n/language";
import { Icon, type IconName } from "./icon";
import css from "./part.module.css";

/** Empty says why there is nothing to see, and the one thing to do about it. */
export function Empty(props: {
  icon: IconName;
  title: string;
  body: string;
  children?: ReactNode;
  compact?: boolean;
  /** It is the whole page: its title is the page's. */
  alone?: boolean;
}) {
  return (
    <Stack align="center" gap="xs" py={props.compact ? "lg" : 56} px="md" ta="center">
      <span className={css.emptyIcon}>
        <Icon name={props.icon} size={24} />
      </span>
      <Title order={props.alone ? 1 : 2} size="h3">
        {props.title}
      </Title>
      <Text c="dimmed" size="sm" maw={420}>
        {props.body}
      </Text>
      {props.children}
    </Stack>
  );
}

/** FilterEmpty is for a list in which nothing fits the filters. */
export function FilterEmpty({ onClear }: { onClear: () => void }) {
  const t = useText();
  return (
    <Empty icon="search" title={t.knowledge.noneTitle} body={t.knowledge.noneBody}>
      <ClearFilters onClear={onClear} />
    </Empty>
  );
}

/** ClearFilters leads out of what nothing fits, to the whole list. */
export function ClearFilters({ onClear }: { onClear: () => void }) {
  const t = useText();
  return (
    <Button variant="default" mt="xs" onClick={onClear}>
      {t.act.clearFilters}
    </Button>
  );
}

/** Failed is for what could not be loaded. */
export function Failed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const t = useText();
  return (
    <div role="alert">
      <Empty icon="alert" title={t.problem.loadTitle} body={problemText(error, t)}>
        <Button variant="default" mt="xs" onClick={onRetry}>
          {t.act.retry}
        </Button>
      </Empty>
    </div>
  );
}
