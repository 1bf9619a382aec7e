import { Badge, Button, Center, Group, Skeleton, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { useTalks } from "../../api/inbox";
import type { Conversation } from "../../gen/storebot/v1/inbox_pb";
import { ConversationState } from "../../gen/storebot/v1/shopper_pb";
import { useFormat, useText } from "../../i18n/language";
import { Empty, Failed } from "../../part/empty";
import { ButtonLink } from "../../part/link";
import { May } from "../../part/may";
import type { InboxSearch, View } from "../../search";
import css from "./inbox.module.css";
import { rowId } from "./keys";
import { reasonName, stateName } from "./word";

type Props = {
  view: View;
  query: ReturnType<typeof useTalks>;
  list: Conversation[];
  open: string | undefined;
  search: InboxSearch;
};

/** TalkList is a view's conversations. */
export function TalkList({ view, query, list, open, search }: Props) {
  const t = useText();
  if (query.isLoadingError) return <Failed error={query.error} onRetry={query.refetch} />;
  if (!query.data)
    return (
      <Stack p="md">
        <Skeleton height={64} />
        <Skeleton height={64} />
        <Skeleton height={64} />
      </Stack>
    );
  if (list.length === 0) {
    const [title, body] = t.inbox.empty[view];
    return (
      <Empty icon={view === "all" ? "chat" : "check"} title={title} body={body} compact>
        {view === "all" ? (
          <May>
            <ButtonLink to="/install" variant="default" mt="xs">
              {t.inbox.toInstall}
            </ButtonLink>
          </May>
        ) : (
          <ButtonLink to="/inbox" search={{ view: "all" }} variant="default" mt="xs">
            {t.inbox.showAll}
          </ButtonLink>
        )}
      </Empty>
    );
  }
  return (
    <>
      <ul className={css.list} aria-label={t.inbox.list}>
        {list.map((talk) => (
          <li key={talk.id}>
            <Row talk={talk} open={talk.id === open} search={search} />
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <Center p="md">
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
            {t.act.more}
          </Button>
        </Center>
      )}
    </>
  );
}

function Row({ talk, open, search }: { talk: Conversation; open: boolean; search: InboxSearch }) {
  const t = useText();
  const format = useFormat();
  const reason = reasonName(talk.reason);
  const name = talk.contact?.name || talk.contact?.reach;
  const running = talk.state === ConversationState.WAITING || talk.state === ConversationState.STAFF;
  return (
    <Link
      id={rowId(talk.id)}
      to="/inbox/$conversationId"
      params={{ conversationId: talk.id }}
      search={search}
      className={css.row}
      aria-current={open ? "true" : undefined}
      data-unread={talk.unread > 0 || undefined}
    >
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="sm" fw={talk.unread > 0 ? 650 : 550} truncate>
          {name || (reason ? t.inbox.reason[reason] : t.inbox.shopper)}
        </Text>
        <Text size="xs" c="dimmed" className={css.when} title={format.dateTime(talk.lastAt)}>
          {format.ago(talk.lastAt)}
        </Text>
      </Group>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="sm" c="dimmed" truncate lang={talk.language || undefined}>
          {talk.lastText || t.inbox.noWords}
        </Text>
        {talk.unread > 0 && (
          <Badge size="sm" circle className={css.count} aria-label={t.inbox.unread(talk.unread)}>
            {format.number(talk.unread)}
          </Badge>
        )}
      </Group>
      <Group gap={6} mt={4}>
        <State talk={talk} />
        {running && name && reason && (
          <Text size="xs" c="dimmed">
            {t.inbox.reason[reason]}
          </Text>
        )}
        {talk.owner && (
          <Text size="xs" c="dimmed">
            {talk.mine ? t.inbox.who.you : talk.owner.email || t.inbox.who.former}
          </Text>
        )}
        {running && talk.waitingSince && (
          <Text size="xs" c={talk.overdue ? "red" : "dimmed"} fw={talk.overdue ? 600 : undefined}>
            {talk.overdue
              ? t.inbox.overdueBy(format.age(talk.dueAt))
              : t.inbox.waits(format.age(talk.waitingSince))}
          </Text>
        )}
      </Group>
    </Link>
  );
}

/** State says who answers a conversation, and of a closed one how it ended. */
export function State({ talk }: { talk: Conversation }) {
  const t = useText();
  const state = stateName(talk.state);
  const color = { bot: "gray", waiting: "amber", staff: "pine", closed: "gray" }[state];
  return (
    <Badge size="sm" variant="light" color={color} tt="none">
      {t.inbox.state[state]}
    </Badge>
  );
}
