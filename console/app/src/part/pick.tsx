import { Loader, Radio, Stack, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useEntries } from "../api/knowledge";
import { useText } from "../i18n/language";
import { Icon } from "./icon";
import part from "./part.module.css";

export type Picked = { id: string; question: string };

/** EntryPick lets one entry be chosen, by the words that it has. */
export function EntryPick(props: {
  label: string;
  picked?: Picked;
  /** What is searched for at first. */
  start?: string;
  onPick: (entry: Picked) => void;
}) {
  const t = useText();
  const [typed, setTyped] = useState(props.start ?? "");
  const [search] = useDebouncedValue(typed.trim(), 200);
  const found = useEntries({ search: search.slice(0, 200) }, 6);
  const entries = found.data?.entries;
  return (
    <Stack gap="xs">
      <TextInput
        label={props.label}
        placeholder={t.checks.search}
        value={typed}
        leftSection={<Icon name="search" size={18} />}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {!entries ? (
        <Loader size="xs" type="dots" />
      ) : entries.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t.try.correct.none}
        </Text>
      ) : (
        <Radio.Group
          aria-label={props.label}
          value={props.picked?.id ?? ""}
          onChange={(id) => {
            const entry = entries.find((one) => one.id === id);
            if (entry) props.onPick({ id: entry.id, question: entry.question });
          }}
        >
          <Stack gap={8}>
            {entries.map((entry) => (
              <Radio
                key={entry.id}
                value={entry.id}
                label={entry.question}
                description={<span className={part.clamp}>{entry.answer}</span>}
              />
            ))}
          </Stack>
        </Radio.Group>
      )}
    </Stack>
  );
}
