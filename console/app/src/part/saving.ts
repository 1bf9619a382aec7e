import { useState } from "react";
import { useCreateEntry, useUpdateEntry } from "../api/entry";
import { usePreview } from "../api/learning";
import type { Entry, EntryState } from "../gen/storebot/v1/knowledge_pb";
import type { PreviewChangeResponse } from "../gen/storebot/v1/learning_pb";
import { useText } from "../i18n/language";
import { useNotice } from "./notice";

/** Content is what a form has of an entry. */
export type Content = {
  question: string;
  answer: string;
  category: string;
  language: string;
  phrasings: string[];
  state?: EntryState;
  validFrom?: Entry["validFrom"];
  validUntil?: Entry["validUntil"];
};

/**
 * useSaving stores an entry's content after the checks have been asked whether it
 * breaks any. If it does, save stores nothing and broken says what; the next save
 * of the same content stores it all the same. forget is for content that was changed, so
 * that what was told of the former goes. It
 * stays busy once it has saved: who is told of it takes the form away.
 */
export function useSaving(props: {
  entry?: Pick<Entry, "id">;
  store?: (content: Content) => Promise<Entry | undefined>;
  onSaved: (entry: Entry | undefined) => void;
}) {
  const t = useText();
  const notice = useNotice();
  const preview = usePreview();
  const create = useCreateEntry();
  const update = useUpdateEntry();
  const [busy, setBusy] = useState(false);
  const [broken, setBroken] = useState<PreviewChangeResponse>();
  const [error, setError] = useState<unknown>();

  const store =
    props.store ??
    (async (content: Content, etag: string) => {
      const { entry } = props;
      const response = await (entry
        ? update.mutateAsync({ id: entry.id, content, etag })
        : create.mutateAsync({ content }));
      return response.entry;
    });

  /** save returns the error, if there was one; etag is of what the content is a change of. */
  const save = async (content: Content, etag: string): Promise<unknown> => {
    setBusy(true);
    setError(undefined);
    try {
      let unknown = false;
      if (!broken) {
        // Content that is refused is refused again below, where it is told.
        const report = await preview({ entryId: props.entry?.id, content }).catch(() => undefined);
        if (report && report.broken.length > 0) {
          setBroken(report);
          setBusy(false);
          return undefined;
        }
        unknown = report === undefined;
      }
      const saved = await store(content, etag);
      if (unknown) notice.done(t.checks.preview.unknown);
      else if (!props.store) notice.done(props.entry ? t.entry.saved : t.entry.created);
      props.onSaved(saved);
      return undefined;
    } catch (refused) {
      setError(refused);
      setBusy(false);
      return refused;
    }
  };

  const forget = () => {
    setBroken(undefined);
    setError(undefined);
  };
  return { save, busy, broken, error, forget };
}
