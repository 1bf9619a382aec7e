import { Button, Loader, Stack, Tabs, Text, Textarea } from "@mantine/core";
import type { ReactNode } from "react";
import { useText } from "../../i18n/language";
import { Drop } from "./drop";

/** Given is a sheet as it was given: a file's bytes, or pasted cells, whose columns are kept apart by tabs. */
export type Given = { name: string; content: Uint8Array<ArrayBuffer> };

/** Sources takes a sheet as a file or as pasted cells; children stand above both. */
export function Sources(props: {
  /** The name of the sheet that is being read. */
  reading?: string;
  pasted: string;
  onPasted: (text: string) => void;
  onSheet: (sheet: Given) => void;
  children: ReactNode;
}) {
  const t = useText();
  const { reading, pasted } = props;
  return (
    <Tabs defaultValue="file" keepMounted={false}>
      <Tabs.List aria-label={t.import.source} mb="md">
        <Tabs.Tab value="file">{t.import.fromFile}</Tabs.Tab>
        <Tabs.Tab value="paste">{t.import.fromPaste}</Tabs.Tab>
      </Tabs.List>
      <Stack>
        {props.children}
        <Tabs.Panel value="file">
          {reading === undefined ? (
            <Drop onSheet={props.onSheet} />
          ) : (
            <Stack align="center" justify="center" mih={200} role="status">
              <Loader />
              <Text size="sm">{t.import.reading(reading)}</Text>
            </Stack>
          )}
        </Tabs.Panel>
        <Tabs.Panel value="paste">
          <Stack>
            <Textarea
              label={t.import.paste}
              description={t.import.pasteHint}
              value={pasted}
              onChange={(event) => props.onPasted(event.currentTarget.value)}
              autosize
              minRows={8}
              maxRows={16}
            />
            <Button
              w="fit-content"
              disabled={pasted.trim() === ""}
              loading={reading !== undefined}
              onClick={() => props.onSheet({ name: "pasted.tsv", content: new TextEncoder().encode(pasted) })}
            >
              {t.import.pasteCheck}
            </Button>
          </Stack>
        </Tabs.Panel>
      </Stack>
    </Tabs>
  );
}
