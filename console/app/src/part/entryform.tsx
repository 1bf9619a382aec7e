import { timestampDate, timestampFromMs } from "@bufbuild/protobuf/wkt";
import {
  Alert,
  Autocomplete,
  Button,
  Group,
  Select,
  Stack,
  Switch,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useMe } from "../api/account";
import { useDeleteEntries } from "../api/entry";
import { usePreview } from "../api/learning";
import { fieldErrors, problemText } from "../api/problem";
import { type Entry, EntryState } from "../gen/storebot/v1/knowledge_pb";
import type { PreviewChangeResponse } from "../gen/storebot/v1/learning_pb";
import { languages } from "../i18n/catalogue";
import { useText } from "../i18n/language";
import { Broken } from "./broken";
import { Confirm } from "./confirm";
import { dayOf, endOf, startOf } from "./day";
import { useFirstFocus } from "./focus";
import { Icon } from "./icon";
import { May } from "./may";
import { useNotice } from "./notice";
import { merged, Phrasings } from "./phrasings";
import { type Content, useSaving } from "./saving";
import { useUndo } from "./undo";

const fields = {
  "content.question": "question",
  "content.answer": "answer",
  "content.phrasings": "phrasings",
  "content.category": "category",
  "content.language": "language",
};

export type EntryProps = {
  /** Undefined: a new entry. */
  entry?: Entry;
  /** What a new entry starts as. */
  question?: string;
  answer?: string;
  phrasings?: string[];
  language?: string;
  /** Stores the content in another way than as an entry alone. */
  store?: (content: Content) => Promise<Entry | undefined>;
  categories: string[];
  onClose: () => void;
  onSaved: (entry: Entry | undefined) => void;
};

/** EntryForm holds an entry's texts until they are saved; onDirty says that there is something to lose. */
export function EntryForm(props: EntryProps & { onDirty: (dirty: boolean) => void }) {
  const t = useText();
  const { entry } = props;
  const saving = useSaving(props);
  const zone = useMe()?.timeZone ?? "UTC";
  // An end is shown as the last day that belongs to it.
  const from = entry?.validFrom && dayOf(timestampDate(entry.validFrom).getTime(), zone);
  const until = entry?.validUntil && dayOf(timestampDate(entry.validUntil).getTime() - 1, zone);
  const form = useForm({
    initialValues: {
      question: entry?.question ?? props.question ?? "",
      answer: entry?.answer ?? props.answer ?? "",
      phrasings: entry?.phrasings ?? props.phrasings ?? [],
      category: entry?.category ?? "",
      language: entry?.language ?? props.language ?? "",
      published: entry?.state !== EntryState.DRAFT,
      validFrom: from ?? "",
      validUntil: until ?? "",
    },
    onValuesChange: () => {
      props.onDirty(true);
      saving.forget();
    },
  });

  // Who comes with a question goes on with its answer.
  const begun = form.getInitialValues().question !== "";
  const focused = { ref: useFirstFocus<HTMLTextAreaElement>(), "data-autofocus": true };

  const submit = form.onSubmit((values) => {
    // A day that was not touched keeps the minute that it had.
    const moment = (date: string, was: string | undefined, kept: Entry["validFrom"], ms: () => number) =>
      date === "" ? undefined : date === was ? kept : timestampFromMs(ms());
    const content = {
      question: values.question.trim(),
      answer: values.answer.trim(),
      category: values.category.trim(),
      language: values.language,
      phrasings: merged([], values.phrasings),
      state: values.published ? EntryState.PUBLISHED : EntryState.DRAFT,
      validFrom: moment(values.validFrom, from, entry?.validFrom, () => startOf(values.validFrom, zone)),
      validUntil: moment(values.validUntil, until, entry?.validUntil, () => endOf(values.validUntil, zone)),
    };
    void saving.save(content).then((error) => form.setErrors(fieldErrors(error, fields, t)));
  });

  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {saving.error !== undefined && Object.keys(fieldErrors(saving.error, fields, t)).length === 0 && (
          <Alert color="red" variant="light" icon={<Icon name="alert" />} role="alert">
            {problemText(saving.error, t)}
          </Alert>
        )}
        <Textarea
          label={t.entry.question}
          description={t.entry.questionHint}
          autosize
          minRows={1}
          maxRows={4}
          {...(begun ? {} : focused)}
          {...form.getInputProps("question")}
        />
        <Textarea
          label={t.entry.answer}
          description={t.entry.answerHint}
          autosize
          minRows={5}
          maxRows={16}
          {...(begun ? focused : {})}
          {...form.getInputProps("answer")}
        />
        <Phrasings
          entryId={entry?.id}
          value={form.values.phrasings}
          error={form.errors.phrasings as string | undefined}
          onChange={(phrasings) => form.setFieldValue("phrasings", phrasings)}
        />
        <Group grow align="flex-start">
          <Autocomplete
            label={t.entry.category}
            description={t.entry.categoryHint}
            data={props.categories}
            {...form.getInputProps("category")}
          />
          <Select
            label={t.entry.language}
            description={t.entry.languageAuto}
            placeholder={t.entry.languageAuto}
            data={languages.map((value) => ({ value, label: t.languages[value] }))}
            clearable
            {...form.getInputProps("language")}
            value={form.values.language || null}
            onChange={(value) => form.setFieldValue("language", value ?? "")}
          />
        </Group>
        <Switch
          label={t.entry.published}
          description={t.entry.publishedHint}
          {...form.getInputProps("published", { type: "checkbox" })}
        />
        <Group grow align="flex-start">
          <TextInput
            type="date"
            label={t.entry.validFrom}
            description={t.entry.validFromHint}
            {...form.getInputProps("validFrom")}
          />
          <TextInput
            type="date"
            label={t.entry.validUntil}
            description={t.entry.validUntilHint}
            {...form.getInputProps("validUntil")}
          />
        </Group>
        {saving.broken && <Broken report={saving.broken} />}
        <Group justify="space-between" mt="sm">
          {entry ? (
            <May>
              <DeleteEntry id={entry.id} onDeleted={() => props.onSaved(undefined)} />
            </May>
          ) : (
            <span />
          )}
          <Group gap="xs">
            <Button variant="default" onClick={props.onClose}>
              {t.act.cancel}
            </Button>
            <May>
              <Button type="submit" loading={saving.busy} color={saving.broken ? "red" : undefined}>
                {saving.broken ? t.checks.preview.anyway : t.act.save}
              </Button>
            </May>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}

/** DeleteEntry deletes at once: what it deletes one click brings back. */
function DeleteEntry({ id, onDeleted }: { id: string; onDeleted: () => void }) {
  const t = useText();
  const notice = useNotice();
  const undo = useUndo();
  const [asking, setAsking] = useState(false);
  const [report, setReport] = useState<PreviewChangeResponse>();
  const preview = usePreview();
  const deleteEntries = useDeleteEntries();
  const ask = () => {
    setAsking(true);
    // What it would break is told as soon as it is known; who is sure need not wait.
    preview({ deletedIds: [id] }).then(setReport, () => setReport(undefined));
  };
  const breaks = report !== undefined && report.broken.length > 0;
  return (
    <>
      <Button variant="subtle" color="red" onClick={ask}>
        {t.act.delete}
      </Button>
      <Confirm
        opened={asking}
        title={t.knowledge.deleteTitle(1)}
        body={t.knowledge.deleteBody}
        action={breaks ? t.checks.preview.deleteAnyway : t.knowledge.deleteConfirm(1)}
        busy={deleteEntries.isPending}
        onClose={() => setAsking(false)}
        onConfirm={() =>
          // Not mutate's own callbacks: the form may be gone with its entry before they are called.
          deleteEntries
            .mutateAsync({ ids: [id] })
            .then((response) => {
              undo(t.knowledge.deleted(response.deleted), response.change);
              onDeleted();
            }, notice.failed)
            .then(() => setAsking(false))
        }
      >
        {breaks && <Broken report={report} />}
      </Confirm>
    </>
  );
}
