import { Button, Group } from "@mantine/core";
import { useText } from "../../i18n/language";
import { Icon } from "../../part/icon";

/** RowPages leads through the rows of a sheet, page by page; nothing where one page holds them all. */
export function RowPages(props: {
  token?: string;
  next: string;
  busy: boolean;
  onToken: (token: string | undefined) => void;
}) {
  const t = useText();
  if (!props.token && !props.next) return null;
  return (
    <Group justify="space-between" p="md">
      <Button
        variant="default"
        disabled={!props.token || props.busy}
        onClick={() => props.onToken(undefined)}
      >
        {t.import.firstRows}
      </Button>
      <Button
        variant="default"
        disabled={!props.next || props.busy}
        rightSection={<Icon name="next" size={16} />}
        onClick={() => props.onToken(props.next)}
      >
        {t.act.next}
      </Button>
    </Group>
  );
}
