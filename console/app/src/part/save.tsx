import { Button, Group, Text } from "@mantine/core";
import { useText } from "../i18n/language";
import { May } from "./may";

/** Save ends a form: it stores what was changed, and says that there is something to store; least is the role that this takes. */
export function Save(props: { dirty: boolean; pending: boolean; least?: "owner" | "manager" }) {
  const t = useText();
  const { dirty, pending } = props;
  return (
    <May least={props.least}>
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
