import { Badge, Button, Group, Text } from "@mantine/core";
import { useImports } from "../../api/knowledge";
import { type Import, ImportState } from "../../gen/storebot/v1/knowledge_pb";
import { useFormat, useText } from "../../i18n/language";
import { TextLink } from "../../part/link";
import { Earlier } from "./earlier";

const states = {
  [ImportState.UNSPECIFIED]: ["unknown", "gray"],
  [ImportState.STAGED]: ["staged", "amber"],
  [ImportState.RUNNING]: ["running", "blue"],
  [ImportState.DONE]: ["done", "pine"],
  [ImportState.FAILED]: ["failed", "red"],
} as const;

/** Recent lists earlier imports, so that one that was left can be gone back to, and one that was made be undone. */
export function Recent() {
  const t = useText();
  const format = useFormat();
  const found = useImports();
  const imports = found.data?.pages.flatMap((page) => page.imports) ?? [];
  const row = (one: Import) => {
    const [state, color] = states[one.state];
    return (
      <>
        <TextLink to="/knowledge/import/$importId" params={{ importId: one.id }} size="sm">
          {one.fileName}
        </TextLink>
        <Group gap="sm">
          <Text size="sm" c="dimmed">
            {t.import.rows(one.totalRows)} · {format.ago(one.createdAt)}
          </Text>
          <Badge variant="light" color={color} tt="none">
            {t.import.states[state]}
          </Badge>
        </Group>
      </>
    );
  };
  return (
    <Earlier imports={imports} row={row}>
      {found.hasNextPage && (
        <Button
          variant="default"
          mt="sm"
          loading={found.isFetchingNextPage}
          onClick={() => found.fetchNextPage()}
        >
          {t.import.older}
        </Button>
      )}
    </Earlier>
  );
}
