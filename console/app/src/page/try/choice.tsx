import { Button } from "@mantine/core";
import css from "./try.module.css";

/** Choice is a question to click; a long one takes several lines. */
export function Choice({ question, onAsk }: { question: string; onAsk: (question: string) => void }) {
  return (
    <Button
      variant="default"
      size="sm"
      classNames={{ root: css.choice, label: css.choiceText }}
      onClick={() => onAsk(question)}
    >
      {question}
    </Button>
  );
}
