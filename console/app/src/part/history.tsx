import { Button, Group, Skeleton, Text } from "@mantine/core";
import { useState } from "react";
import { useRestoreRevision, useRevisions } from "../api/entry";
import {
  ChangeKind,
  type Entry,
  type EntryContent,
  EntryState,
  type Revision,
} from "../gen/storebot/v1/knowledge_pb";
import type { Catalogue } from "../i18n/catalogue";
import type { Format } from "../i18n/format";
import { useFormat, useText } from "../i18n/language";
import { Failed } from "./empty";
import css from "./history.module.css";
import { May } from "./may";
import { useNotice } from "./notice";

const kinds = {
  [ChangeKind.UNSPECIFIED]: "unknown",
  [ChangeKind.CREATE]: "create",
  [ChangeKind.EDIT]: "edit",
  [ChangeKind.STATE]: "state",
  [ChangeKind.CATEGORY]: "category",
  [ChangeKind.DELETE]: "unknown",
  [ChangeKind.IMPORT]: "import",
  [ChangeKind.RESTORE]: "restore",
  [ChangeKind.UNDO]: "undo",
} as const;

/** History lists an entry's versions: who wrote each, when, and what was different from the one before. */
export function History(props: { entryId: string; onRestored: (entry: Entry | undefined) => void }) {
  const t = useText();
  const format = useFormat();
  const found = useRevisions(props.entryId);
  if (found.isLoadingError) return <Failed error={found.error} onRetry={found.refetch} />;
  if (!found.data) return <Skeleton height={160} />;
  const list = found.data.revisions;
  return (
    <ol className={css.list} aria-label={t.entry.history}>
      {list.map((one, i) => (
        <Version
          key={one.id}
          entryId={props.entryId}
          revision={one}
          changes={changesOf(one.content, list[i + 1]?.content, t, format)}
          onRestored={props.onRestored}
        />
      ))}
    </ol>
  );
}

function Version(props: {
  entryId: string;
  revision: Revision;
  changes: Change[];
  onRestored: (entry: Entry | undefined) => void;
}) {
  const t = useText();
  const format = useFormat();
  const notice = useNotice();
  const restore = useRestoreRevision();
  const [open, setOpen] = useState(false);
  const { revision } = props;
  const by = revision.by || t.entry.byProgram;
  return (
    <li className={css.version}>
      <Group justify="space-between" gap="xs">
        <div>
          <Text size="sm" fw={550}>
            {t.entry.kinds[kinds[revision.kind]]}
            {revision.fileName && ` · ${revision.fileName}`}
          </Text>
          <Text size="xs" c="dimmed">
            {format.dateTime(revision.writtenAt)} · {by}
          </Text>
        </div>
        <Group gap={6}>
          {props.changes.length > 0 && (
            <Button size="compact-sm" variant="subtle" aria-expanded={open} onClick={() => setOpen(!open)}>
              {t.entry.changes(props.changes.length)}
            </Button>
          )}
          {revision.id === "" ? (
            <Text size="xs" c="dimmed">
              {t.entry.present}
            </Text>
          ) : (
            <May>
              <Button
                size="compact-sm"
                variant="light"
                loading={restore.isPending}
                onClick={() =>
                  restore.mutate(
                    { entryId: props.entryId, revisionId: revision.id },
                    {
                      onSuccess: ({ entry }) => {
                        notice.done(t.entry.restored);
                        props.onRestored(entry);
                      },
                      onError: notice.failed,
                    },
                  )
                }
              >
                {t.entry.restore}
              </Button>
            </May>
          )}
        </Group>
      </Group>
      {open && (
        <dl className={css.changes}>
          {props.changes.map((change) => (
            <div key={change.field}>
              <dt>{change.field}</dt>
              <dd>
                {change.before && <del>{change.before}</del>}
                {change.after && <ins>{change.after}</ins>}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}

type Change = { field: string; before: string; after: string };

/** changesOf says which fields a version has otherwise than the one before. */
function changesOf(
  after: EntryContent | undefined,
  before: EntryContent | undefined,
  t: Catalogue,
  format: Format,
): Change[] {
  if (!after || !before) return [];
  const shown = (one: EntryContent) => [
    [t.entry.question, one.question],
    [t.entry.answer, one.answer],
    [t.entry.phrasings, one.phrasings.join("\n")],
    [t.entry.category, one.category],
    [t.entry.language, one.language],
    [t.entry.state, one.state === EntryState.DRAFT ? t.entry.standing.draft : t.entry.published],
    [t.entry.validFrom, format.dateTime(one.validFrom)],
    [t.entry.validUntil, format.dateTime(one.validUntil)],
  ];
  const old = shown(before);
  return shown(after).flatMap(([field = "", text = ""], i) => {
    const was = old[i]?.[1] ?? "";
    return text === was ? [] : [{ field, before: was, after: text }];
  });
}
