import { Autocomplete, Group, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useEditImportRow } from "../../api/imports";
import { useEntries } from "../../api/knowledge";
import type { Import, ImportRow } from "../../gen/storebot/v1/knowledge_pb";
import { useText } from "../../i18n/language";
import { useNotice } from "../../part/notice";
import { Mend } from "./mend";

/** EntryForm mends an entry's row in place; the server checks it as it checked the sheet. */
export function EntryForm({ one, row, onDone }: { one: Import; row: ImportRow; onDone: () => void }) {
  const t = useText();
  const notice = useNotice();
  const edit = useEditImportRow();
  const categories = useEntries({}, 1).data?.categories ?? [];
  const { content } = row;
  const [texts, setTexts] = useState({
    question: content?.question ?? "",
    answer: content?.answer ?? "",
    category: content?.category ?? "",
    language: content?.language ?? "",
    phrasings: content?.phrasings.join("\n") ?? "",
  });
  const set = (change: Partial<typeof texts>) => setTexts({ ...texts, ...change });
  const submit = () =>
    edit.mutate(
      {
        importId: one.id,
        position: row.position,
        row: {
          case: "content",
          value: {
            ...texts,
            phrasings: texts.phrasings.split("\n").filter((line) => line.trim() !== ""),
            state: content?.state,
            validFrom: content?.validFrom,
            validUntil: content?.validUntil,
          },
        },
      },
      { onSuccess: onDone, onError: notice.failed },
    );
  return (
    <Mend row={row.rowNumber} busy={edit.isPending} onSubmit={submit} onDone={onDone}>
      <Textarea
        label={t.entry.question}
        autosize
        minRows={1}
        value={texts.question}
        onChange={(event) => set({ question: event.currentTarget.value })}
        autoFocus
      />
      <Textarea
        label={t.entry.answer}
        autosize
        minRows={2}
        maxRows={10}
        value={texts.answer}
        onChange={(event) => set({ answer: event.currentTarget.value })}
      />
      <Group grow align="flex-start">
        <Autocomplete
          label={t.entry.category}
          data={categories}
          value={texts.category}
          onChange={(category) => set({ category })}
        />
        <TextInput
          label={t.entry.language}
          value={texts.language}
          onChange={(event) => set({ language: event.currentTarget.value })}
        />
      </Group>
      <Textarea
        label={t.entry.phrasings}
        description={t.import.phrasingsHint}
        autosize
        minRows={1}
        maxRows={6}
        value={texts.phrasings}
        onChange={(event) => set({ phrasings: event.currentTarget.value })}
      />
    </Mend>
  );
}
