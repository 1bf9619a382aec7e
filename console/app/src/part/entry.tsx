import { Drawer, Skeleton, Text } from "@mantine/core";
import { lazy, Suspense } from "react";
import { useEntry } from "../api/entry";
import { missing } from "../api/problem";
import type { Entry } from "../gen/storebot/v1/knowledge_pb";
import { useFormat, useText } from "../i18n/language";
import { useLeaving } from "./discard";
import type { EntryProps } from "./entryform";
import { HistoryTabs } from "./historytabs";
import { useLast } from "./last";
import { There } from "./there";

// The form and the history come with the first entry that is opened.
const EntryForm = lazy(() => import("./entryform").then((file) => ({ default: file.EntryForm })));
const EntryHistory = lazy(() => import("./entryhistory").then((file) => ({ default: file.EntryHistory })));
const Hits = lazy(() => import("./hits").then((file) => ({ default: file.Hits })));

type Props = Omit<EntryProps, "entry"> & {
  opened: boolean;
  /** Which entry; undefined: a new one. */
  entryId?: string;
  /** Which side of the entry is shown, where an address says so. */
  tab?: "history" | "hits";
  onTab?: (tab: "history" | "hits" | undefined) => void;
};

/** EntryDrawer writes a new entry or changes one, beside the page it was opened from. */
export function EntryDrawer({ entryId, ...props }: Props) {
  const t = useText();
  const leaving = useLeaving(props.onClose);
  const found = useEntry(entryId ?? "");
  // What is open stays, whatever becomes of it elsewhere.
  const entry = useLast(found.data?.entry);
  const gone = missing(found.error);
  const saved: Props["onSaved"] = (one) => {
    leaving.hold(false);
    props.onSaved(one);
  };
  const form = (
    <Suspense fallback={<Skeleton height={480} />}>
      <EntryForm
        {...props}
        entry={entry}
        gone={gone}
        categories={found.data?.categories ?? props.categories}
        onClose={leaving.close}
        onSaved={saved}
        onDirty={leaving.hold}
      />
    </Suspense>
  );
  const sides = (entry: Entry) => {
    if (!props.onTab) return form;
    const { onTab } = props;
    return (
      <HistoryTabs
        label={t.entry.edit}
        formLabel={t.entry.texts}
        tab={props.tab}
        onTab={onTab}
        form={
          <>
            <Used entry={entry} />
            {form}
          </>
        }
        history={
          <EntryHistory
            entryId={entry.id}
            // What is being written stays, and is told of the version that is back.
            onRestored={(one) => (leaving.dirty ? onTab(undefined) : saved(one))}
          />
        }
        further={{ tab: "hits", label: t.hits.title, panel: <Hits entryId={entry.id} /> }}
      />
    );
  };
  const content = () => {
    if (!entryId) return form;
    return (
      <There
        one={entry}
        found={found}
        gone={gone && !leaving.dirty}
        icon="knowledge"
        words={t.meanwhile.entry}
      >
        {sides}
      </There>
    );
  };
  return (
    <Drawer
      opened={props.opened}
      onClose={leaving.close}
      position="right"
      size="lg"
      title={entryId ? t.entry.edit : t.entry.new}
      closeButtonProps={{ "aria-label": t.app.close }}
    >
      {content()}
      {leaving.dialog}
    </Drawer>
  );
}

/** Used says what shoppers made of an entry. */
function Used({ entry }: { entry: Entry }) {
  const t = useText();
  const format = useFormat();
  const { usage } = entry;
  if (!usage || usage.conversations === 0) return null;
  return (
    <Text size="sm" c="dimmed" mb="sm">
      {[
        t.knowledge.used(usage.conversations),
        t.knowledge.lastUsed(format.ago(usage.lastUsedAt)),
        ...(usage.helpful > 0 ? [t.knowledge.helpful(usage.helpful)] : []),
        ...(usage.unhelpful > 0 ? [t.knowledge.unhelpful(usage.unhelpful)] : []),
      ].join(" · ")}
    </Text>
  );
}
