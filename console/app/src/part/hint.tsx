import { ActionIcon, Popover, Text } from "@mantine/core";
import { useText } from "../i18n/language";
import { Icon } from "./icon";

/** Hint says how a figure is made. */
export function Hint({ title, hint }: { title: string; hint: string }) {
  const t = useText();
  return (
    <Popover width={300} withArrow shadow="md">
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          ml="auto"
          aria-label={`${t.home.howCounted}: ${title}`}
        >
          <Icon name="info" size={16} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <Text size="sm">{hint}</Text>
      </Popover.Dropdown>
    </Popover>
  );
}
