import { Alert, Button, Group, SegmentedControl, Stack, Text, Textarea } from "@mantine/core";
import { useRef } from "react";
import { useAddNote, useReply, useSuggestions, useTyping } from "../../api/inbox";
import { problemText } from "../../api/problem";
import type { Conversation } from "../../gen/storebot/v1/inbox_pb";
import { ConversationState } from "../../gen/storebot/v1/shopper_pb";
import { useText } from "../../i18n/language";
import { composing } from "../../part/composing";
import { type Draft, useDraft } from "./draft";
import css from "./inbox.module.css";
import { composerId, focusOn } from "./keys";

const typingEvery = 3000;

/**
 * Composer writes to the shopper or for staff. A text keeps its key until it
 * is stored, so that sending it again sends it once.
 */
export function Composer({ talk, suggest }: { talk: Conversation; suggest: boolean }) {
  const t = useText();
  const [{ mode, text, key }, change, clear] = useDraft(talk.id);
  const form = useRef<HTMLFormElement>(null);
  const typed = useRef(0);
  const reply = useReply();
  const note = useAddNote();
  const typing = useTyping();
  const act = mode === "reply" ? reply : note;
  const mine = talk.state === ConversationState.STAFF && talk.mine;

  const write = (next: string) => {
    change({ text: next });
    if (mode === "reply" && mine && next !== "" && Date.now() - typed.current > typingEvery) {
      typed.current = Date.now();
      typing.mutate({ id: talk.id });
    }
  };
  // What somebody typed already stays, before what was chosen.
  const use = (chosen: string) => write(text.trim() === "" ? chosen : `${text.trimEnd()}\n${chosen}`);
  const send = () => {
    if (text.trim() === "" || act.isPending) return;
    act.mutateAsync({ id: talk.id, clientKey: key, text }).then(
      () => {
        clear(text);
        if (form.current?.isConnected) focusOn(composerId);
      },
      () => undefined, // told below
    );
  };
  return (
    <form
      ref={form}
      className={css.composer}
      data-mode={mode}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {suggest && mode === "reply" && <Suggested id={talk.id} onUse={use} />}
      <SegmentedControl
        size="xs"
        aria-label={t.inbox.modeLabel}
        value={mode}
        onChange={(value) => change({ mode: value as Draft["mode"], key: crypto.randomUUID() })}
        data={(["reply", "note"] as const).map((value) => ({ value, label: t.inbox.mode[value] }))}
      />
      <Textarea
        id={composerId}
        aria-label={mode === "reply" ? t.inbox.replyLabel : t.inbox.noteLabel}
        autosize
        minRows={2}
        maxRows={8}
        value={text}
        onChange={(event) => write(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !composing(event)) {
            event.preventDefault();
            send();
          }
        }}
      />
      {act.isError && (
        <Alert color="red" role="alert">
          {t.inbox.notSent} {problemText(act.error, t)}
        </Alert>
      )}
      <Group justify="space-between" gap="xs">
        <Text size="xs" c="dimmed" className={css.grow}>
          {mode === "reply" ? t.inbox.replyHint : t.inbox.noteHint}
        </Text>
        <Button
          type="submit"
          size="sm"
          loading={act.isPending}
          disabled={text.trim() === ""}
          color={mode === "note" ? "amber" : undefined}
        >
          {act.isError ? t.inbox.sendAgain : mode === "reply" ? t.inbox.send : t.inbox.saveNote}
        </Button>
      </Group>
    </form>
  );
}

/** Suggested are texts to begin from; nothing is sent by choosing one. */
function Suggested({ id, onUse }: { id: string; onUse: (text: string) => void }) {
  const t = useText();
  const { data } = useSuggestions(id, true);
  if (!data || data.suggestions.length === 0) return null;
  return (
    <Stack gap={4} role="group" aria-label={t.inbox.suggestions}>
      <Text size="xs" fw={600}>
        {t.inbox.suggestions}
      </Text>
      {data.suggestions.map((one) => (
        <button
          key={one.entryId || one.model}
          type="button"
          className={css.suggestion}
          aria-label={one.entryId ? t.inbox.use(one.entryQuestion) : t.inbox.useDraft}
          onClick={() => {
            onUse(one.text);
            focusOn(composerId);
          }}
        >
          <Text span size="xs" fw={550} className={css.cut}>
            {one.entryId ? one.entryQuestion : t.inbox.suggestedBy(one.model)}
          </Text>
          <Text span size="xs" c="dimmed" className={css.cut}>
            {one.text}
          </Text>
        </button>
      ))}
    </Stack>
  );
}
