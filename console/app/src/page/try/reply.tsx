import {
  Alert,
  Anchor,
  Badge,
  Button,
  Group,
  Loader,
  Stack,
  Text,
  Tooltip,
  UnstyledButton,
} from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { lookUp, problemText } from "../../api/problem";
import { Decision, type Done } from "../../gen/storebot/v1/shopper_pb";
import { useFormat, useText } from "../../i18n/language";
import { Icon } from "../../part/icon";
import part from "../../part/part.module.css";
import { Choice } from "./choice";
import { searchName } from "./engine";
import { Products } from "./product";
import css from "./try.module.css";
import type { Turn } from "./turn";

const decisions = {
  [Decision.UNSPECIFIED]: ["unknown", "gray"],
  [Decision.DIRECT]: ["direct", "pine"],
  [Decision.COMPOSED]: ["composed", "blue"],
  [Decision.CLARIFY]: ["clarify", "gray"],
  [Decision.ABSTAIN]: ["abstain", "amber"],
  [Decision.SMALL_TALK]: ["small_talk", "gray"],
  [Decision.HANDED_OVER]: ["unknown", "gray"], // of stored conversations alone
} as const;

type Found = { id: string; question: string };

/** Reply is one answer as a shopper sees it, and under it why it is this one. */
export function Reply(props: {
  turn: Turn;
  onAsk: (question: string) => void;
  onAgain: () => void;
  onEdit: (entry: Found) => void;
  onWrite: () => void;
  onCorrect: () => void;
}) {
  const t = useText();
  const { turn } = props;
  const text = turn.written || turn.found;
  return (
    <div className={css.reply} aria-busy={turn.writing}>
      {text && <div className={`${css.bubble} ${part.answer}`}>{text}</div>}
      {turn.writing && (
        <Group gap="xs">
          <Loader size="xs" type="dots" />
          <Text size="sm" c="dimmed">
            {t.try.writing}
          </Text>
        </Group>
      )}
      {turn.stopped && (
        <Text size="sm" c="dimmed">
          {t.try.stopped}
        </Text>
      )}
      {(turn.error !== undefined || turn.failed) && (
        <Alert color="red" variant="light" icon={<Icon name="alert" />} role="alert">
          <Text size="sm">
            {turn.failed
              ? (lookUp(t.problem.reason, turn.failed.reason) ?? t.problem.unexpected)
              : problemText(turn.error, t)}
          </Text>
          <Button size="compact-sm" variant="default" mt="xs" onClick={props.onAgain}>
            {t.act.retry}
          </Button>
        </Alert>
      )}
      {turn.done && turn.done.suggestions.length > 0 && (
        <Stack gap={6} align="flex-start">
          <Text size="sm" c="dimmed">
            {t.try.didYouMean}
          </Text>
          {turn.done.suggestions.map((suggestion) => (
            <Choice key={suggestion} question={suggestion} onAsk={props.onAsk} />
          ))}
        </Stack>
      )}
      {turn.done && <Why {...props} done={turn.done} />}
    </div>
  );
}

function Why(props: {
  turn: Turn;
  done: Done;
  onAgain: () => void;
  onEdit: (entry: Found) => void;
  onWrite: () => void;
  onCorrect: () => void;
}) {
  const t = useText();
  const format = useFormat();
  const [open, { toggle }] = useDisclosure(false);
  const { done } = props;
  const evidence = props.turn.evidence ?? [];
  const [decision, color] = decisions[done.decision];
  return (
    <Stack gap="xs">
      <Group gap={8}>
        <Badge variant="light" color={color} tt="none">
          {t.decision[decision]}
        </Badge>
        {done.confidence > 0 && (
          <Tooltip label={t.try.confidenceHint}>
            <Text size="sm" c="dimmed" tabIndex={0}>
              {t.try.confidence(format.sureness(done.confidence))}
            </Text>
          </Tooltip>
        )}
        {done.timings?.firstWords && (
          <Text size="sm" c="dimmed">
            {t.try.firstWords(format.wait(done.timings.firstWords))}
          </Text>
        )}
        <Anchor component="button" type="button" size="sm" aria-expanded={open} onClick={toggle}>
          {t.try.evidence(evidence.length)}
        </Anchor>
      </Group>
      <Products cards={done.products} />
      {done.sources.length > 0 && (
        <Group gap={6}>
          <Text size="sm" c="dimmed">
            {t.try.sources}
          </Text>
          {done.sources.map((source) => (
            <UnstyledButton
              key={source.entryId}
              className={css.source}
              title={t.try.openEntry}
              onClick={() => props.onEdit({ id: source.entryId, question: source.question })}
            >
              {source.question}
            </UnstyledButton>
          ))}
        </Group>
      )}
      {done.decision === Decision.ABSTAIN && (
        <Group gap="sm">
          <Text size="sm">{t.try.noneFound}</Text>
          <Button size="compact-sm" variant="light" onClick={props.onWrite}>
            {t.try.writeAnswer}
          </Button>
        </Group>
      )}
      <Group gap="xs">
        <Button size="compact-sm" variant="subtle" color="gray" onClick={props.onAgain}>
          {t.try.again}
        </Button>
        {done.decision !== Decision.SMALL_TALK && (
          <Button size="compact-sm" variant="subtle" color="gray" onClick={props.onCorrect}>
            {t.try.wrong}
          </Button>
        )}
      </Group>
      {open && (
        <div className={css.evidence}>
          <Text size="sm" c="dimmed">
            {[
              done.timings?.retrieve && t.try.retrieve(format.wait(done.timings.retrieve)),
              done.timings?.total && t.try.total(format.wait(done.timings.total)),
              done.engine && t.try.engine(searchName(done.engine, t)),
              done.reason && t.try.reason(lookUp(t.try.reasons, done.reason) ?? done.reason),
            ]
              .filter(Boolean)
              .join(" · ")}
          </Text>
          {evidence.length === 0 && done.products.length === 0 && <Text size="sm">{t.try.noneFound}</Text>}
          <ol className={css.items}>
            {evidence.map((item) => (
              <li key={item.entryId}>
                <UnstyledButton
                  className={part.linkButton}
                  onClick={() => props.onEdit({ id: item.entryId, question: item.question })}
                >
                  {item.question}
                </UnstyledButton>
                <Text size="sm" c="dimmed" className={part.clamp}>
                  {item.answer}
                </Text>
                <Text size="xs" c="dimmed">
                  {t.try.score(format.hundredths(item.score))}
                  {item.phrasing && item.phrasing !== item.question && ` · ${t.try.matched(item.phrasing)}`}
                </Text>
              </li>
            ))}
          </ol>
        </div>
      )}
    </Stack>
  );
}
