import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useUndoChange } from "../api/entry";
import { useText } from "../i18n/language";
import { useNotice } from "./notice";

/** useUndo returns what tells that something was done and offers, for a while, to take it back. */
export function useUndo() {
  const t = useText();
  const notice = useNotice();
  const undo = useUndoChange();
  return (message: string, change: string) => {
    if (change === "") return notice.done(message);
    const takeBack = () => {
      notifications.hide(change);
      undo.mutate(
        { changeId: change },
        {
          onSuccess: ({ restored, removed, kept }) =>
            notice.done(kept > 0 ? t.knowledge.undoneKept(restored + removed, kept) : t.knowledge.undone),
          onError: notice.failed,
        },
      );
    };
    notifications.show({
      id: change,
      color: "pine",
      withBorder: true,
      autoClose: 20_000,
      closeButtonProps: { "aria-label": t.app.close },
      message: (
        <Group justify="space-between" wrap="nowrap" gap="sm">
          <Text size="sm">{message}</Text>
          <Button size="compact-sm" variant="light" onClick={takeBack}>
            {t.knowledge.undo}
          </Button>
        </Group>
      ),
    });
  };
}
