import { Button, Group, Loader, Stack, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useGapConversation, useSplitGap } from "../../api/learning";
import { GapKind, type GapQuestion } from "../../gen/storebot/v1/learning_pb";
import { useFormat, useText } from "../../i18n/language";
import { Failed } from "../../part/empty";
import { May } from "../../part/may";
import { useNotice } from "../../part/notice";
import part from "../../part/part.module.css";
import css from "./gaps.module.css";

const kinds = {
  [GapKind.UNSPECIFIED]: "unanswered",
  [GapKind.UNANSWERED]: "unanswered",
  [GapKind.NOT_HELPFUL]: "not_helpful",
  [GapKind.NOT_TAKEN_UP]: "not_taken_up",
} as const;

/** Questions lists what shoppers asked, each with the conversation that it is from. */
export function Questions({ questions }: { questions: GapQuestion[] }) {
  const t = useText();
  return (
    <section>
      <Title order={3} size="h4" mb="xs">
        {t.gaps.one.asked}
      </Title>
      <ul className={css.inner}>
        {questions.map((question) => (
          <Question key={question.id} question={question} alone={questions.length === 1} />
        ))}
      </ul>
    </section>
  );
}

function Question(props: { question: GapQuestion; alone: boolean }) {
  const t = useText();
  const format = useFormat();
  const notice = useNotice();
  const split = useSplitGap();
  const [open, { toggle }] = useDisclosure(false);
  const { question } = props;
  return (
    <li>
      <Text size="sm" fw={550} lang={question.language || undefined}>
        {question.question}
      </Text>
      <Text size="xs" c="dimmed">
        {t.gaps.one.kinds[kinds[question.kind]]} · {format.dateTime(question.askedAt)}
      </Text>
      <Group gap="xs" mt={4}>
        <Button size="compact-sm" variant="subtle" aria-expanded={open} onClick={toggle}>
          {open ? t.gaps.one.hideConversation : t.gaps.one.conversation}
        </Button>
        {!props.alone && (
          <May>
            <Button
              size="compact-sm"
              variant="subtle"
              color="gray"
              loading={split.isPending}
              onClick={() =>
                notice.outcome(split.mutateAsync({ questionId: question.id }), () => t.gaps.one.splitDone)
              }
            >
              {t.gaps.one.split}
            </Button>
          </May>
        )}
      </Group>
      {open && <Conversation question={question.id} />}
    </li>
  );
}

function Conversation({ question }: { question: string }) {
  const t = useText();
  const conversation = useGapConversation(question, true);
  if (conversation.isLoadingError)
    return <Failed error={conversation.error} onRetry={conversation.refetch} />;
  if (!conversation.data) return <Loader size="xs" type="dots" />;
  const authors: Record<string, string> = {
    shopper: t.gaps.one.shopper,
    bot: t.gaps.one.bot,
  };
  return (
    <Stack gap={6} mt={6} className={css.talk}>
      {conversation.data.messages.map((message) => (
        <div key={message.id}>
          <Text size="xs" c="dimmed">
            {authors[message.author] ?? t.gaps.one.staff}
          </Text>
          <Text size="sm" className={part.answer}>
            {message.text}
          </Text>
        </div>
      ))}
    </Stack>
  );
}
