import { ActionIcon, Button, Group, Input, Stack, Text, TextInput } from "@mantine/core";
import { type ClipboardEvent, type KeyboardEvent, useEffect, useState } from "react";
import { useSuggestions } from "../api/entry";
import { useText } from "../i18n/language";
import { composing } from "./composing";
import { Icon } from "./icon";
import css from "./phrasings.module.css";

/** merged is a list with further phrasings at its end: trimmed, none empty, none twice. */
export function merged(list: string[], more: string[]): string[] {
  const out = [...list];
  for (const text of more.map((one) => one.trim()))
    if (text !== "" && !out.some((one) => one.toLowerCase() === text.toLowerCase())) out.push(text);
  return out;
}

/** Phrasings edits the ways of asking an entry or a product: one field each, and one that takes a new one or many pasted lines. */
export function Phrasings(props: {
  entryId?: string;
  value: string[];
  hint?: string;
  error?: string;
  onChange: (phrasings: string[]) => void;
  /** Told whether one is being written that is not in the list yet. */
  onPending?: (pending: boolean) => void;
}) {
  const t = useText();
  const { value, onChange, onPending } = props;
  const [fresh, setFresh] = useState("");
  const pending = fresh.trim() !== "";
  useEffect(() => onPending?.(pending), [onPending, pending]);
  const [all, setAll] = useState(false);
  const shown = all ? value : value.slice(0, 8);

  const add = (lines: string[]) => {
    onChange(merged(value, lines));
    setFresh("");
    setAll(true);
  };
  const paste = (event: ClipboardEvent<HTMLInputElement>) => {
    const lines = event.clipboardData.getData("text").split(/\r?\n/);
    if (lines.length < 2) return;
    event.preventDefault();
    add([fresh, ...lines]);
  };
  const key = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== "Enter" || composing(event)) return;
    event.preventDefault();
    add([fresh]);
  };
  const move = (from: number, to: number) => {
    const next = [...value];
    const [one = ""] = next.splice(from, 1);
    next.splice(to, 0, one);
    onChange(next);
  };

  return (
    <Input.Wrapper
      label={t.entry.phrasings}
      description={props.hint ?? t.entry.phrasingsHint}
      error={props.error}
    >
      <Stack gap={6} mt={6}>
        {shown.map((text, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a phrasing is its place; its text is being typed
          <div key={i} className={css.line}>
            <TextInput
              size="sm"
              aria-label={t.entry.phrasing(i + 1)}
              value={text}
              onChange={(event) => onChange(value.with(i, event.currentTarget.value))}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t.entry.moveUp(i + 1)}
              disabled={i === 0}
              onClick={() => move(i, i - 1)}
            >
              <Icon name="previous" size={16} className={css.up} />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t.entry.remove(i + 1)}
              onClick={() => onChange(value.toSpliced(i, 1))}
            >
              <Icon name="close" size={16} />
            </ActionIcon>
          </div>
        ))}
        {shown.length < value.length && (
          <Button variant="subtle" size="compact-sm" w="fit-content" onClick={() => setAll(true)}>
            {t.entry.showPhrasings(value.length - shown.length)}
          </Button>
        )}
        <div className={css.line}>
          <TextInput
            size="sm"
            aria-label={t.entry.addPhrasing}
            placeholder={t.entry.addPhrasing}
            value={fresh}
            onChange={(event) => setFresh(event.currentTarget.value)}
            onPaste={paste}
            onKeyDown={key}
            onBlur={() => pending && add([fresh])}
          />
        </div>
        {props.entryId && <Suggestions entryId={props.entryId} value={value} onAdd={(text) => add([text])} />}
      </Stack>
    </Input.Wrapper>
  );
}

/** Suggestions offers what shoppers really asked; a click takes one over. */
function Suggestions(props: { entryId: string; value: string[]; onAdd: (text: string) => void }) {
  const t = useText();
  const found = useSuggestions(props.entryId).data?.suggestions ?? [];
  const taken = new Set(props.value.map((text) => text.toLowerCase()));
  const open = found.filter((one) => !taken.has(one.question.trim().toLowerCase())).slice(0, 6);
  if (open.length === 0) return null;
  return (
    <section aria-label={t.entry.suggested} className={css.suggested}>
      <Text size="sm" fw={550}>
        {t.entry.suggested}
      </Text>
      <Text size="xs" c="dimmed">
        {t.entry.suggestedHint}
      </Text>
      {open.map((one) => (
        <Group key={one.question} justify="space-between" wrap="nowrap" gap="sm">
          <Text size="sm" className={css.question}>
            {one.question}{" "}
            <Text span size="xs" c="dimmed">
              {t.entry.asked(one.times)}
            </Text>
          </Text>
          <Button
            size="compact-sm"
            variant="light"
            aria-label={t.entry.take(one.question)}
            onClick={() => props.onAdd(one.question)}
          >
            {t.entry.add}
          </Button>
        </Group>
      ))}
    </section>
  );
}
