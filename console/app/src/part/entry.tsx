import { Drawer, Skeleton, Text } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import type { Entry } from "../gen/storebot/v1/knowledge_pb";
import { useFormat, useText } from "../i18n/language";
import { Discard } from "./discard";
import type { EntryProps } from "./entryform";
import { HistoryTabs } from "./historytabs";

// The form and the history come with the first entry that is opened.
const EntryForm = lazy(() => import("./entryform").then((file) => ({ default: file.EntryForm })));
const EntryHistory = lazy(() => import("./entryhistory").then((file) => ({ default: file.EntryHistory })));
const Hits = lazy(() => import("./hits").then((file) => ({ default: file.Hits })));

type Props = EntryProps & {
  opened: boolean;
  /** Which side of the entry is shown, where an address says so. */
  tab?: "history" | "hits";
  onTab?: (tab: "history" | "hits" | undefined) => void;
};

/** EntryDrawer writes a new entry or changes one, beside the page it was opened from. */
export function EntryDrawer(props: Props) {
  const t = useText();
  const [dirty, setDirty] = useState(false);
  const [asking, setAsking] = useState(false);
  const close = () => (dirty ? setAsking(true) : props.onClose());
  const form = (
    <Suspense fallback={<Skeleton height={480} />}>
      <EntryForm {...props} onClose={close} onDirty={setDirty} />
    </Suspense>
  );
  return (
    <Drawer
      opened={props.opened}
      onClose={close}
      position="right"
      size="lg"
      title={props.entry ? t.entry.edit : t.entry.new}
      closeButtonProps={{ "aria-label": t.app.close }}
    >
      {props.entry && props.onTab ? (
        <HistoryTabs
          label={t.entry.edit}
          formLabel={t.entry.texts}
          tab={props.tab}
          onTab={props.onTab}
          form={
            <>
              <Used entry={props.entry} />
              {form}
            </>
          }
          history={<EntryHistory entryId={props.entry.id} onRestored={props.onSaved} />}
          further={{ tab: "hits", label: t.hits.title, panel: <Hits entryId={props.entry.id} /> }}
        />
      ) : (
        form
      )}
      <Discard
        opened={asking}
        onKeep={() => setAsking(false)}
        onDiscard={() => {
          setAsking(false);
          props.onClose();
        }}
      />
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
