import { Alert, Button, FileButton, Stack, Text } from "@mantine/core";
import { type DragEvent, useRef, useState } from "react";
import { useFormat, useText } from "../../i18n/language";
import { Icon } from "../../part/icon";
import css from "./import.module.css";

// The contract's limit for StageImport's content.
const maxBytes = 32 * 1024 * 1024;
const kinds = /\.(csv|tsv|txt|xlsx)$/i;

/** Drop takes a file by dragging or by a button, and refuses at once what the server would refuse. */
export function Drop({
  onSheet,
}: {
  onSheet: (sheet: { name: string; content: Uint8Array<ArrayBuffer> }) => void;
}) {
  const t = useText();
  const format = useFormat();
  const [over, setOver] = useState(false);
  const [problem, setProblem] = useState("");
  const again = useRef<() => void>(null);

  const take = async (file: File | null | undefined) => {
    setOver(false);
    if (!file) return;
    if (!kinds.test(file.name)) return setProblem(t.import.wrongKind);
    if (file.size > maxBytes) return setProblem(t.import.tooLarge(format.tenths(file.size / 1024 / 1024)));
    setProblem("");
    onSheet({ name: file.name, content: new Uint8Array(await file.arrayBuffer()) });
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    void take(event.dataTransfer.files[0]);
  };

  return (
    <Stack>
      {problem && (
        <Alert color="red" variant="light" icon={<Icon name="alert" />} role="alert">
          {problem}
        </Alert>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dragging is an extra; the button inside does the same */}
      <div
        className={css.drop}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <span className={css.dropIcon}>
          <Icon name="sheet" size={28} />
        </span>
        <Text fw={550}>{t.import.drop}</Text>
        <Text size="sm" c="dimmed">
          {t.import.or}
        </Text>
        <FileButton
          onChange={(file) => {
            again.current?.(); // the same file, mended, can be chosen again
            void take(file);
          }}
          resetRef={again}
          accept=".csv,.tsv,.txt,.xlsx"
        >
          {(props) => <Button {...props}>{t.import.choose}</Button>}
        </FileButton>
      </div>
    </Stack>
  );
}
