import { notifications } from "@mantine/notifications";
import { problemText } from "../api/problem";
import { useText } from "../i18n/language";

/** useNotice returns what tells the reader, for a moment, how an action went. */
export function useNotice() {
  const t = useText();
  return {
    done: (message: string) =>
      notifications.show({
        message,
        color: "pine",
        withBorder: true,
        closeButtonProps: { "aria-label": t.app.close },
      }),
    failed: (error: unknown) =>
      notifications.show({
        title: t.problem.title,
        message: problemText(error, t),
        color: "red",
        withBorder: true,
        autoClose: 10_000,
        closeButtonProps: { "aria-label": t.app.close },
      }),
  };
}
