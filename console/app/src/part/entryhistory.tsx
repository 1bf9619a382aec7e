import { useRestoreRevision, useRevisions } from "../api/entry";
import { type Entry, type EntryContent, EntryState } from "../gen/storebot/v1/knowledge_pb";
import { useFormat, useText } from "../i18n/language";
import { type Field, History } from "./history";
import { useNotice } from "./notice";
import { useUndo } from "./undo";

/** EntryHistory lists an entry's versions and brings an earlier one back. */
export function EntryHistory(props: { entryId: string; onRestored: (entry: Entry | undefined) => void }) {
  const t = useText();
  const format = useFormat();
  const notice = useNotice();
  const restore = useRestoreRevision();
  const undo = useUndo();
  const { entryId } = props;
  const fields = (one: EntryContent): Field[] => [
    [t.entry.question, one.question],
    [t.entry.answer, one.answer],
    [t.entry.phrasings, one.phrasings.join("\n")],
    [t.entry.category, one.category],
    [t.entry.language, one.language],
    [t.entry.state, one.state === EntryState.DRAFT ? t.entry.standing.draft : t.entry.published],
    [t.entry.validFrom, format.dateTime(one.validFrom)],
    [t.entry.validUntil, format.dateTime(one.validUntil)],
  ];
  const found = useRevisions(entryId);
  return (
    <History
      found={found}
      fields={fields}
      onRestore={(revisionId) =>
        restore.mutateAsync({ entryId, revisionId, etag: found.data?.etag }).then(({ entry, change }) => {
          undo(t.history.restored, change);
          props.onRestored(entry);
        }, notice.failed)
      }
    />
  );
}
