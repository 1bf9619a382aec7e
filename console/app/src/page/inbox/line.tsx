import { Badge, Group, Text } from "@mantine/core";
import { useMe } from "../../api/account";
import { lookUp } from "../../api/problem";
import type { Line } from "../../gen/storebot/v1/inbox_pb";
import { Decision } from "../../gen/storebot/v1/shopper_pb";
import { useFormat, useText } from "../../i18n/language";
import { Icon } from "../../part/icon";
import { TextLink } from "../../part/link";
import css from "./inbox.module.css";

const decisions = {
  [Decision.UNSPECIFIED]: "unknown",
  [Decision.DIRECT]: "direct",
  [Decision.COMPOSED]: "composed",
  [Decision.CLARIFY]: "clarify",
  [Decision.ABSTAIN]: "abstain",
  [Decision.SMALL_TALK]: "small_talk",
  [Decision.HANDED_OVER]: "unknown",
} as const;

/** LineView is one thing that was said, noted or done; asked: the shopper had a person asked to join by it. */
export function LineView(props: { line: Line; asked: boolean; language: string }) {
  const { line, asked, language } = props;
  const t = useText();
  const format = useFormat();
  const me = useMe();
  if (line.author === "system")
    return (
      <Text size="xs" c="dimmed" ta="center" className={css.event} title={format.dateTime(line.createdAt)}>
        {lookUp(t.inbox.event, line.event) ?? line.text} · {format.ago(line.createdAt)}
      </Text>
    );
  const note = line.author === "note";
  const email = line.staff?.email;
  const who = line.staff
    ? email === me?.email
      ? t.inbox.who.you
      : email || t.inbox.who.former
    : line.author === "bot"
      ? t.inbox.who.bot
      : t.inbox.who.shopper;
  return (
    <article className={css.line} data-author={line.author}>
      {note && (
        <Group gap={6} mb={4}>
          <Icon name="lock" size={14} />
          <Text size="xs" fw={600}>
            {t.inbox.note}
          </Text>
        </Group>
      )}
      <p className={css.words} lang={note ? undefined : language || undefined}>
        {line.text}
      </p>
      {line.author === "bot" && <Why line={line} asked={asked} />}
      <Text size="xs" className={css.by} title={format.dateTime(line.createdAt)}>
        {who} · {format.ago(line.createdAt)}
      </Text>
    </article>
  );
}

/** Why is how the bot came to say it. */
function Why({ line, asked }: { line: Line; asked: boolean }) {
  const t = useText();
  const format = useFormat();
  return (
    <>
      <Group gap={6} mt={6}>
        <Badge size="sm" variant="default" tt="none">
          {asked && line.decision === Decision.SMALL_TALK
            ? t.inbox.reason.asked
            : t.decision[decisions[line.decision]]}
        </Badge>
        {line.confidence > 0 && line.decision !== Decision.SMALL_TALK && (
          <Text size="xs">{t.inbox.confidence(format.sureness(line.confidence))}</Text>
        )}
        {line.interrupted && <Text size="xs">{t.inbox.interrupted}</Text>}
        {line.rating !== 0 && (
          <Text size="xs">{line.rating > 0 ? t.inbox.rated.up : t.inbox.rated.down}</Text>
        )}
      </Group>
      {line.sources.length > 0 && (
        <Text size="xs" mt={4} component="div">
          {t.inbox.sources}{" "}
          {line.sources.map((source, at) => (
            <span key={source.entryId}>
              {at > 0 && ", "}
              {source.question ? (
                <TextLink to="/knowledge" search={{ entry: source.entryId }} size="xs" className={css.source}>
                  {source.question}
                </TextLink>
              ) : (
                t.inbox.goneEntry
              )}
            </span>
          ))}
        </Text>
      )}
    </>
  );
}
