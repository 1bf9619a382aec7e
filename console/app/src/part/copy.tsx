import { Button } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { useText } from "../i18n/language";
import { Icon } from "./icon";

/** Copy puts a text on the clipboard and says so. */
export function Copy({ text }: { text: string }) {
  const t = useText();
  const clipboard = useClipboard({ timeout: 2000 });
  return (
    <Button
      w="fit-content"
      variant={clipboard.copied ? "light" : "filled"}
      leftSection={<Icon name={clipboard.copied ? "check" : "copy"} size={18} />}
      onClick={() => clipboard.copy(text)}
    >
      <span aria-live="polite">{clipboard.copied ? t.act.copied : t.act.copy}</span>
    </Button>
  );
}
