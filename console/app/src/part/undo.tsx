import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useUndoChange } from "../api/entry";
import { useText } from "../i18n/language";
import { useNotice } from "./notice";

/** useTakeBack returns what tells that something was done and offers, for a while, to take it back; id names the notice. */
export function useTakeBack() {
  const t = useText();
  return (id: string, message: string, takeBack: () => void) =>
    notifications.show({
      id,
      color: "pine",
      withBorder: true,
      autoClose: 20_000,
      closeButtonProps: { "aria-label": t.app.close },
      message: (
        <Group justify="space-between" wrap="nowrap" gap="sm">
          <Text size="sm">{message}</Text>
          <Button
            size="compact-sm"
            variant="light"
            onClick={() => {
              notifications.hide(id);
              takeBack();
            }}
          >
            {t.knowledge.undo}
          </Button>
        </Group>
      ),
    });
}

/**
 * useUndo is useTakeBack for a change of entries or products, by its name; without one nothing can be taken back.
 * words say how it went where the usual ones do not fit.
 */
export function useUndo() {
  const t = useText();
  const notice = useNotice();
  const undo = useUndoChange();
  const offer = useTakeBack();
  const usual = (back: number, kept: number) =>
    kept > 0 ? t.knowledge.undoneKept(back, kept) : t.knowledge.undone;
  return (message: string, change: string, words = usual) => {
    if (change === "") return notice.done(message);
    offer(change, message, () =>
      notice.outcome(undo.mutateAsync({ changeId: change }), ({ restored, removed, kept }) =>
        words(restored + removed, kept),
      ),
    );
  };
}
