import { Button, Card, Group, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useDocumentVisibility } from "@mantine/hooks";
import { useEffect, useRef } from "react";
import { useMarkRead, useTalk } from "../../api/inbox";
import type { GetConversationResponse } from "../../gen/storebot/v1/inbox_pb";
import { useFormat, useText } from "../../i18n/language";
import { Failed } from "../../part/empty";
import { Icon } from "../../part/icon";
import { May, useVisiting } from "../../part/may";
import { Composer } from "./composer";
import { Hold } from "./hold";
import css from "./inbox.module.css";
import { LineView } from "./line";
import { reasonName } from "./word";

/** TalkView is one conversation with all that was said in it, and what a person can do. */
export function TalkView({ id, onBack }: { id: string; onBack: () => void }) {
  const t = useText();
  const talk = useTalk(id);
  const { mutate: markRead } = useMarkRead();
  const lines = talk.data?.lines;
  const last = lines?.at(-1)?.id ?? "";
  const end = useRef<HTMLDivElement>(null);
  const visiting = useVisiting();
  const unread = talk.data?.conversation?.unread ?? 0;
  const seen = useDocumentVisibility() === "visible";

  useEffect(() => {
    if (last !== "") end.current?.scrollIntoView({ block: "nearest" });
  }, [last]);
  useEffect(() => {
    if (unread > 0 && !visiting && seen) markRead({ id });
  }, [id, unread, visiting, seen, markRead]);

  if (talk.isLoadingError)
    return (
      <Card>
        <Failed error={talk.error} onRetry={talk.refetch} />
      </Card>
    );
  const data = talk.data;
  if (!data?.conversation) return <Skeleton height={420} radius="lg" />;
  const conversation = data.conversation;
  return (
    <Card padding={0} className={css.talk}>
      <header className={css.head}>
        <Button
          className={css.back}
          variant="subtle"
          color="gray"
          size="compact-sm"
          onClick={onBack}
          leftSection={<Icon name="back" size={18} />}
        >
          {t.inbox.back}
        </Button>
        <Hold talk={conversation} />
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={css.lines} tabIndex={0} aria-label={t.inbox.said} aria-live="polite">
        <About data={data} />
        {data.lines.map((line, at) => (
          <LineView
            key={line.id}
            line={line}
            asked={data.lines[at + 1]?.event === "waiting"}
            language={conversation.language}
          />
        ))}
        <div ref={end} />
      </section>
      <May least="agent">
        <Composer
          talk={conversation}
          suggest={data.lines.findLast((line) => line.author !== "system")?.author === "shopper"}
        />
      </May>
    </Card>
  );
}

/** About is what is known of a conversation beside its words. */
function About({ data }: { data: GetConversationResponse }) {
  const t = useText();
  const format = useFormat();
  const origin = data.conversation?.origin;
  const shopper = data.introduction;
  const product = [shopper?.title, shopper?.sku, shopper?.price].filter(Boolean).join(" · ");
  return (
    <Stack gap="xs" className={css.about}>
      {shopper?.shopper && (
        <Text size="sm" className={css.words}>
          {t.inbox.known(shopper.shopper)}
        </Text>
      )}
      {product && (
        <Text size="sm" className={css.words}>
          {t.inbox.looksAt(product)}
        </Text>
      )}
      {data.satisfaction > 0 && <Text size="sm">{t.inbox.satisfaction(data.satisfaction)}</Text>}
      {data.contacts.length > 0 && (
        <div>
          <Title order={2} size="h3">
            {t.inbox.contact}
          </Title>
          {data.contacts.map((contact) => (
            <Text key={`${contact.reach} ${contact.createdAt?.seconds}`} size="sm" className={css.words}>
              {[contact.name, contact.reach, contact.note].filter(Boolean).join(" · ")}
            </Text>
          ))}
        </div>
      )}
      {data.handOvers.length > 0 && (
        <div>
          <Title order={2} size="h3">
            {t.inbox.history}
          </Title>
          {data.handOvers.map((past) => {
            const reason = reasonName(past.reason);
            const ended = past.endedAs as keyof typeof t.inbox.outcome | "handed_back" | "";
            return (
              <Text key={String(past.askedAt?.seconds)} size="sm" c="dimmed">
                {[
                  format.dateTime(past.askedAt),
                  reason && t.inbox.reason[reason],
                  past.firstReply && t.inbox.firstReply(format.wait(past.firstReply)),
                  ended === ""
                    ? t.inbox.running
                    : ended === "handed_back"
                      ? t.inbox.handedBack
                      : t.inbox.outcome[ended],
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </Text>
            );
          })}
        </div>
      )}
      {origin && (
        <Group gap="xs">
          <Text size="xs" c="dimmed">
            {t.inbox.page(origin)}
          </Text>
        </Group>
      )}
    </Stack>
  );
}
