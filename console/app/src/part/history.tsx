import type { Timestamp } from "@bufbuild/protobuf/wkt";
import { Button, Center, Group, Skeleton, Text } from "@mantine/core";
import { useState } from "react";
import { ChangeKind } from "../gen/storebot/v1/change_pb";
import { useFormat, useText } from "../i18n/language";
import { Failed } from "./empty";
import css from "./history.module.css";
import { May } from "./may";

const kinds = {
  [ChangeKind.UNSPECIFIED]: "unknown",
  [ChangeKind.CREATE]: "create",
  [ChangeKind.EDIT]: "edit",
  [ChangeKind.STATE]: "state",
  [ChangeKind.CATEGORY]: "category",
  [ChangeKind.DELETE]: "delete",
  [ChangeKind.IMPORT]: "import",
  [ChangeKind.RESTORE]: "restore",
  [ChangeKind.UNDO]: "undo",
} as const;

/** Revision is a version of an entry or of a product, the newest first; the one that stands has no id. Without content it says that it was deleted. */
type Revision<Content> = {
  id: string;
  content?: Content;
  writtenAt?: Timestamp;
  kind: ChangeKind;
  by: string;
  fileName: string;
};

/** Field is a part of a version, by its name in the form, as it is shown. */
export type Field = [name: string, text: string];

/** History lists versions: who wrote each, when, and what was different from the one before. */
export function History<Content>(props: {
  found: {
    data?: { revisions: Revision<Content>[] };
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    fetchNextPage: () => unknown;
    isLoadingError: boolean;
    error: unknown;
    refetch: () => unknown;
  };
  /** All parts of a version, always in the same order. */
  fields: (content: Content) => Field[];
  /** Makes a version the present one, and tells how that went. */
  onRestore: (revisionId: string) => Promise<unknown>;
}) {
  const t = useText();
  const { found } = props;
  if (found.isLoadingError) return <Failed error={found.error} onRetry={found.refetch} />;
  if (!found.data) return <Skeleton height={160} />;
  const list = found.data.revisions;
  const shown = (content: Content | undefined) => content && props.fields(content);
  const before = (i: number) => list.slice(i + 1).find((one) => one.content)?.content;
  return (
    <>
      <ol className={css.list} aria-label={t.history.title}>
        {list.map((one, i) => (
          <Version
            key={one.content ? one.id : `deleted ${one.id}`}
            revision={one}
            changes={changesOf(shown(one.content), shown(before(i)))}
            onRestore={props.onRestore}
          />
        ))}
      </ol>
      {found.hasNextPage && (
        <Center p="md">
          <Button variant="default" loading={found.isFetchingNextPage} onClick={() => found.fetchNextPage()}>
            {t.act.more}
          </Button>
        </Center>
      )}
    </>
  );
}

function Version(props: {
  revision: Revision<unknown>;
  changes: Change[];
  onRestore: (revisionId: string) => Promise<unknown>;
}) {
  const t = useText();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const { revision } = props;
  const by = revision.by || t.history.byProgram;
  return (
    <li className={css.version}>
      <Group justify="space-between" gap="xs">
        <div>
          <Text size="sm" fw={550}>
            {t.history.kinds[revision.content ? kinds[revision.kind] : "delete"]}
            {revision.fileName && ` · ${revision.fileName}`}
          </Text>
          <Text size="xs" c="dimmed">
            {format.dateTime(revision.writtenAt)} · {by}
          </Text>
        </div>
        <Group gap={6}>
          {props.changes.length > 0 && (
            <Button size="compact-sm" variant="subtle" aria-expanded={open} onClick={() => setOpen(!open)}>
              {t.history.changes(props.changes.length)}
            </Button>
          )}
          {revision.id === "" ? (
            <Text size="xs" c="dimmed">
              {t.history.present}
            </Text>
          ) : (
            revision.content !== undefined && (
              <May>
                <Button
                  size="compact-sm"
                  variant="light"
                  loading={busy}
                  onClick={() => {
                    setBusy(true);
                    void props.onRestore(revision.id).finally(() => setBusy(false));
                  }}
                >
                  {t.history.restore}
                </Button>
              </May>
            )
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
function changesOf(after: Field[] | undefined, before: Field[] | undefined): Change[] {
  if (!after || !before) return [];
  return after.flatMap(([field, text], i) => {
    const was = before[i]?.[1] ?? "";
    return text === was ? [] : [{ field, before: was, after: text }];
  });
}
