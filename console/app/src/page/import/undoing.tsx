import type { Timestamp } from "@bufbuild/protobuf/wkt";
import { Alert, Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import { useFormat, useText } from "../../i18n/language";
import { Confirm } from "../../part/confirm";
import { Icon } from "../../part/icon";

/** Undoing takes an import back after a question, or says what became of it when it was. */
export function Undoing(props: {
  undoneAt?: Timestamp;
  undoUntil?: Timestamp;
  /** What was removed, restored and kept, of one that was taken back. */
  undone: string;
  /** What taking it back would do. */
  body: string;
  busy: boolean;
  onUndo: () => Promise<unknown>;
}) {
  const t = useText();
  const format = useFormat();
  const [asking, setAsking] = useState(false);
  if (props.undoneAt)
    return (
      <Alert
        variant="light"
        color="gray"
        icon={<Icon name="info" />}
        title={t.import.undoneTitle(format.dateTime(props.undoneAt))}
      >
        {props.undone}
      </Alert>
    );
  if (!props.undoUntil) return null;
  return (
    <Group gap="sm">
      <Button variant="default" onClick={() => setAsking(true)}>
        {t.import.undo}
      </Button>
      <Text size="sm" c="dimmed">
        {t.import.undoUntil(format.date(props.undoUntil))}
      </Text>
      <Confirm
        opened={asking}
        title={t.import.undoTitle}
        body={props.body}
        action={t.import.undo}
        busy={props.busy}
        onClose={() => setAsking(false)}
        onConfirm={() => props.onUndo().finally(() => setAsking(false))}
      />
    </Group>
  );
}
