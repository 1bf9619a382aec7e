import { Button, Group, Text } from "@mantine/core";
import { useText } from "../i18n/language";
import { May } from "./may";

/** Save ends a form: it stores what was changed, and says that there is something to store. */
export function Save({ dirty, pending }: { dirty: boolean; pending: boolean }) {
  const t = useText();
  return (
    <May>
      <Group>
        <Button type="submit" disabled={!dirty} loading={pending}>
          {t.act.save}
        </Button>
        {dirty && (
          <Text size="sm" c="dimmed" role="status">
            {t.settings.unsaved}
          </Text>
        )}
      </Group>
    </May>
  );
}
