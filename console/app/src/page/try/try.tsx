import { Button, Card, Text, Textarea, VisuallyHidden } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useEngine, useEntries } from "../../api/knowledge";
import { useCorrectAnswer } from "../../api/learning";
import { useFormat, useText } from "../../i18n/language";
import { composing } from "../../part/composing";
import { Empty } from "../../part/empty";
import { EntryDrawer } from "../../part/entry";
import { Icon } from "../../part/icon";
import { ButtonLink } from "../../part/link";
import { May } from "../../part/may";
import { Page } from "../../part/page";
import { Choice } from "./choice";
import { Correct } from "./correct";
import { describeEngine } from "./engine";
import { Reply } from "./reply";
import css from "./try.module.css";
import { type Turn, useTalk } from "./turn";

type Editing = { id?: string; question: string; asked: Turn };

/** TryPage is a chat as shoppers have it, with the evidence laid open; nothing of it is stored. */
export function TryPage() {
  const t = useText();
  const format = useFormat();
  const talk = useTalk();
  const engine = useEngine().data;
  const box = useRef<HTMLTextAreaElement>(null);
  const [question, setQuestion] = useState("");
  const [editing, setEditing] = useState<Editing>();
  const [correcting, setCorrecting] = useState<Turn>();

  const ask = (text: string) => {
    const trimmed = text.trim();
    if (trimmed === "" || talk.busy) return;
    setQuestion("");
    void talk.ask(trimmed);
    box.current?.focus();
  };
  const again = (turn: Turn) => {
    if (!talk.busy) void talk.ask(turn.question, turn.id);
  };
  const last = talk.turns.at(-1);
  const end = useRef<HTMLDivElement>(null);
  const length = last && last.written.length + (last.writing ? 0 : 1);

  // What is being written stays in sight, above the box.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever it has grown
  useEffect(() => {
    if (length) end.current?.scrollIntoView({ block: "nearest" });
  }, [last?.id, length]);

  return (
    <Page
      title={t.try.title}
      lead={t.try.lead}
      narrow
      actions={
        talk.turns.length > 0 && (
          <Button variant="default" onClick={talk.clear}>
            {t.try.clear}
          </Button>
        )
      }
    >
      <section className={css.talk} aria-label={t.try.conversation}>
        {talk.turns.length === 0 && (
          <Card>
            <Empty
              icon="chat"
              title={t.try.emptyTitle}
              body={engine?.entries === 0 ? t.try.noKnowledge : t.try.emptyBody}
            >
              {engine?.entries === 0 ? (
                <ButtonLink to="/knowledge/import" mt="xs">
                  {t.knowledge.emptyAction}
                </ButtonLink>
              ) : (
                <Suggestions onAsk={ask} />
              )}
            </Empty>
          </Card>
        )}
        {talk.turns.map((turn) => (
          <div key={turn.id} className={css.turn} ref={turn === last ? end : undefined}>
            <div className={css.asked}>
              <VisuallyHidden>{t.try.you}: </VisuallyHidden>
              {turn.question}
            </div>
            <Reply
              turn={turn}
              onAsk={ask}
              onAgain={() => again(turn)}
              onEdit={(entry) => setEditing({ ...entry, asked: turn })}
              onWrite={() => setEditing({ question: turn.question, asked: turn })}
              onCorrect={() => setCorrecting(turn)}
            />
          </div>
        ))}
      </section>
      {/* One whole reply at a time is read out, not each word as it comes. */}
      <VisuallyHidden aria-live="polite">{last && !last.writing ? last.written : ""}</VisuallyHidden>
      <form
        className={css.composer}
        onSubmit={(event) => {
          event.preventDefault();
          ask(question);
        }}
      >
        <Textarea
          ref={box}
          className={css.box}
          aria-label={t.try.placeholder}
          placeholder={t.try.placeholder}
          value={question}
          onChange={(event) => setQuestion(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && !event.shiftKey && !composing(event)) {
              event.preventDefault();
              ask(question);
            }
          }}
          autosize
          minRows={1}
          maxRows={5}
          maxLength={2000}
          size="md"
        />
        {talk.busy ? (
          <Button
            size="md"
            variant="default"
            onClick={talk.stop}
            leftSection={<Icon name="stop" size={18} />}
          >
            {t.try.stop}
          </Button>
        ) : (
          <May least="agent">
            <Button size="md" type="submit" disabled={question.trim() === ""}>
              {t.try.send}
            </Button>
          </May>
        )}
      </form>
      <Text size="xs" c="dimmed">
        {engine && describeEngine(engine, t, format)}
      </Text>
      <EditBeside
        editing={editing}
        onClose={() => setEditing(undefined)}
        onSaved={(asked) => {
          setEditing(undefined);
          again(asked);
        }}
      />
      <Correct
        turn={correcting}
        onClose={() => setCorrecting(undefined)}
        onLearnt={(turn) => {
          setCorrecting(undefined);
          again(turn);
        }}
        onWrite={(turn) => {
          setCorrecting(undefined);
          setEditing({ question: turn.question, asked: turn });
        }}
      />
    </Page>
  );
}

/** Suggestions offers the first entries' questions to click. */
function Suggestions({ onAsk }: { onAsk: (question: string) => void }) {
  const entries = useEntries({}, 3).data?.entries ?? [];
  return (
    <div className={css.suggestions}>
      {entries.map((entry) => (
        <Choice key={entry.id} question={entry.question} onAsk={onAsk} />
      ))}
    </div>
  );
}

/** EditBeside opens the entry an answer rests on; once it is saved, the same question is asked again. */
function EditBeside(props: { editing?: Editing; onClose: () => void; onSaved: (asked: Turn) => void }) {
  const { editing } = props;
  const correct = useCorrectAnswer();
  // For a new one; an entry's own come with it.
  const categories = useEntries({}, 1).data?.categories ?? [];
  return (
    <EntryDrawer
      key={`${editing?.id ?? ""} ${editing?.asked.id ?? ""}`}
      opened={editing !== undefined}
      entryId={editing?.id}
      question={editing?.question}
      categories={categories}
      onClose={props.onClose}
      // An answer that was missing is a correction: its question becomes a check.
      store={
        editing && editing.id === undefined
          ? (content) =>
              correct.mutateAsync({ question: editing.asked.question, content }).then((made) => made.entry)
          : undefined
      }
      onSaved={() => editing && props.onSaved(editing.asked)}
    />
  );
}
