import { Button, Group, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { useText } from "../../i18n/language";

/** Mend is the form in the place of a row: its fields, and the ways to have them checked or to leave them. */
export function Mend(props: {
  row: number;
  busy: boolean;
  children: ReactNode;
  onSubmit: () => void;
  onDone: () => void;
}) {
  const t = useText();
  return (
    <form
      aria-label={t.import.editRow(props.row)}
      onSubmit={(event) => {
        event.preventDefault();
        props.onSubmit();
      }}
    >
      <Stack gap="sm">
        {props.children}
        <Group gap="xs">
          <Button type="submit" size="compact-sm" loading={props.busy}>
            {t.import.editCheck}
          </Button>
          <Button size="compact-sm" variant="default" onClick={props.onDone}>
            {t.act.cancel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
