import {
  Alert,
  Autocomplete,
  Button,
  Group,
  Select,
  Stack,
  Switch,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useForm } from "@mantine/form";
import { type FormEvent, useEffect, useMemo, useRef, useState } from "react";
import { useMe } from "../api/account";
import { useDeleteEntries, useRevisions } from "../api/entry";
import { usePreview } from "../api/learning";
import { fieldErrors, problemText } from "../api/problem";
import type { Entry } from "../gen/storebot/v1/knowledge_pb";
import type { PreviewChangeResponse } from "../gen/storebot/v1/learning_pb";
import { languages } from "../i18n/catalogue";
import { useText } from "../i18n/language";
import { Broken } from "./broken";
import { Confirm } from "./confirm";
import { lastDay } from "./day";
import { contentOf, type EntryValues, noDays, valuesOf } from "./entryvalues";
import { useFirstFocus } from "./focus";
import { Icon } from "./icon";
import { May } from "./may";
import { Gone, Meanwhile } from "./meanwhile";
import { useMerging } from "./merging";
import { useNotice } from "./notice";
import { Phrasings } from "./phrasings";
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

type FormProps = EntryProps & {
  /** The entry was deleted while it was open here: what is written becomes a new one. */
  gone?: boolean;
  /** Told whether there is something to lose. */
  onDirty: (dirty: boolean) => void;
};

/** EntryForm holds an entry's texts until they are saved, whatever becomes of the entry meanwhile. */
export function EntryForm(props: FormProps) {
  const t = useText();
  const { entry, gone, onDirty } = props;
  const saving = useSaving(gone ? { ...props, entry: undefined } : props);
  const zone = useMe()?.timeZone ?? "UTC";
  const stored = useMemo(
    () => (entry ? { etag: entry.etag, values: valuesOf(entry, zone) } : undefined),
    [entry, zone],
  );
  const form = useForm<EntryValues>({
    initialValues: stored?.values ?? {
      question: props.question ?? "",
      answer: props.answer ?? "",
      phrasings: props.phrasings ?? [],
      category: "",
      language: props.language ?? "",
      published: true,
      validFrom: "",
      validUntil: "",
    },
    onValuesChange: saving.forget,
  });
  const merging = useMerging(form, stored, saving.busy);
  const [pending, setPending] = useState(false);
  const dirty = merging.dirty || pending;
  useEffect(() => onDirty(dirty), [onDirty, dirty]);
  const choice = useRef<HTMLDivElement>(null);
  const past = useRevisions(entry?.id ?? "", merging.news !== undefined);

  // Who comes with a question goes on with its answer.
  const begun = form.getInitialValues().question !== "";
  const focused = { ref: useFirstFocus<HTMLTextAreaElement>(), "data-autofocus": true };

  const store = form.onSubmit((values) => {
    const wrong = noDays(values);
    if (wrong.length > 0)
      return form.setErrors(Object.fromEntries(wrong.map((field) => [field, t.entry.noDay])));
    void saving
      .save(contentOf(values, zone, entry), merging.etag)
      .then((error) => form.setErrors(fieldErrors(error, fields, t)));
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (merging.news?.clash.length && !gone) choice.current?.focus();
    else store(event);
  };
  const { news } = merging;
  const told = (field: string): [string, string] => {
    const { published, phrasings, ...texts } = merging.theirs;
    switch (field) {
      case "published":
        return [t.entry.state, published ? t.entry.published : t.entry.standing.draft];
      case "phrasings":
        return [t.entry.phrasings, phrasings.join("\n")];
      default: {
        const name = field as keyof typeof texts;
        return [t.entry[name], texts[name]];
      }
    }
  };

  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {gone ? (
          <Gone of="entry" />
        ) : (
          news && (
            <Meanwhile
              of="entry"
              news={news}
              past={past}
              told={told}
              place={choice}
              busy={saving.busy}
              onOver={() => {
                merging.settle();
                store();
              }}
              onTake={merging.take}
              onDone={merging.settle}
            />
          )
        )}
        {saving.error !== undefined &&
          !gone &&
          !news &&
          Object.keys(fieldErrors(saving.error, fields, t)).length === 0 && (
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
          onPending={setPending}
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
            max={lastDay}
            {...form.getInputProps("validFrom")}
          />
          <TextInput
            type="date"
            label={t.entry.validUntil}
            description={t.entry.validUntilHint}
            max={lastDay}
            {...form.getInputProps("validUntil")}
          />
        </Group>
        {saving.broken && <Broken report={saving.broken} />}
        <Group justify="space-between" mt="sm">
          {entry && !gone ? (
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
                {saving.broken ? t.checks.preview.anyway : gone ? t.meanwhile.entry.asNew : t.act.save}
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
        {report && report.deletedPhrasings > 0 && (
          <Text size="sm">{t.knowledge.deletePhrasings(report.deletedPhrasings)}</Text>
        )}
        {breaks && <Broken report={report} />}
      </Confirm>
    </>
  );
}
