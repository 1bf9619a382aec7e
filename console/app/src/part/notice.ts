import { notifications } from "@mantine/notifications";
import { problemText } from "../api/problem";
import { useText } from "../i18n/language";

/** useNotice returns what tells the reader, for a moment, how an action went. */
export function useNotice() {
  const t = useText();
  const done = (message: string) =>
    notifications.show({
      message,
      color: "pine",
      withBorder: true,
      closeButtonProps: { "aria-label": t.app.close },
    });
  const refused = (message: string) =>
    notifications.show({
      title: t.problem.title,
      message,
      color: "red",
      withBorder: true,
      autoClose: 10_000,
      closeButtonProps: { "aria-label": t.app.close },
    });
  const failed = (error: unknown) => refused(problemText(error, t));
  return {
    done,
    failed,
    /** failed, in words that the caller has for what is wrong. */
    refused,
    /**
     * outcome tells how a mutateAsync went. A part that its own action takes off the page (a row that is
     * removed) needs it: callbacks given to mutate are not called once the part is gone.
     */
    outcome: <T>(acting: Promise<T>, message: (response: T) => string) =>
      acting.then((response) => done(message(response)), failed),
  };
}
