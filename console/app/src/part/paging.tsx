import { Button, Group, Text } from "@mantine/core";
import { useText } from "../i18n/language";
import { Icon } from "./icon";

declare module "@tanstack/react-router" {
  interface HistoryState {
    /** Tokens of the pages before this one; only the history entry knows them. */
    trail?: string[];
  }
}

type Turn = (page: number, token: string | undefined, trail: string[]) => void;

/** Paging turns the pages of a list that knows only its next page's token; trail holds those of the pages before. */
export function Paging(props: {
  label: string;
  className?: string;
  page: number;
  token?: string;
  next: string;
  trail: string[];
  /** The next page is not known yet. */
  waiting: boolean;
  onTurn: Turn;
}) {
  const t = useText();
  const { page, trail } = props;
  if (page === 1 && props.next === "") return null;
  return (
    <Group component="nav" aria-label={props.label} justify="space-between" className={props.className}>
      <Button
        variant="default"
        disabled={page === 1}
        leftSection={<Icon name="previous" size={16} />}
        onClick={() =>
          props.onTurn(trail.length ? page - 1 : 1, trail.at(-1) || undefined, trail.slice(0, -1))
        }
      >
        {t.act.previous}
      </Button>
      <Text size="sm" c="dimmed">
        {t.knowledge.page(page)}
      </Text>
      <Button
        variant="default"
        disabled={props.next === "" || props.waiting}
        rightSection={<Icon name="next" size={16} />}
        onClick={() => props.onTurn(page + 1, props.next, [...trail, props.token ?? ""])}
      >
        {t.act.next}
      </Button>
    </Group>
  );
}
