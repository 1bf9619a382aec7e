import { Drawer, Skeleton } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { useText } from "../i18n/language";
import { Confirm } from "./confirm";
import type { EntryProps } from "./entryform";

// The form comes with the first entry that is opened.
const EntryForm = lazy(() => import("./entryform").then((file) => ({ default: file.EntryForm })));

type Props = EntryProps & { opened: boolean };

/** EntryDrawer writes a new entry or changes one, beside the page it was opened from. */
export function EntryDrawer(props: Props) {
  const t = useText();
  const [dirty, setDirty] = useState(false);
  const [asking, setAsking] = useState(false);
  const close = () => (dirty ? setAsking(true) : props.onClose());
  return (
    <Drawer
      opened={props.opened}
      onClose={close}
      position="right"
      size="lg"
      title={props.entry ? t.entry.edit : t.entry.new}
      closeButtonProps={{ "aria-label": t.app.close }}
    >
      <Suspense fallback={<Skeleton height={480} />}>
        <EntryForm {...props} onClose={close} onDirty={setDirty} />
      </Suspense>
      <Confirm
        opened={asking}
        title={t.entry.discardTitle}
        body={t.entry.discardBody}
        action={t.entry.discard}
        cancel={t.entry.keep}
        onClose={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          props.onClose();
        }}
      />
    </Drawer>
  );
}
