import { Badge, Button, Card, Group, Text, Title } from "@mantine/core";
import { useImports } from "../../api/knowledge";
import { type Import, ImportState } from "../../gen/storebot/v1/knowledge_pb";
import { useFormat, useText } from "../../i18n/language";
import { Failed } from "../../part/empty";
import { TextLink } from "../../part/link";
import css from "./import.module.css";
import type { Kind } from "./kind";

const states = {
  [ImportState.UNSPECIFIED]: ["unknown", "gray"],
  [ImportState.STAGED]: ["staged", "amber"],
  [ImportState.RUNNING]: ["running", "blue"],
  [ImportState.DONE]: ["done", "pine"],
  [ImportState.FAILED]: ["failed", "red"],
} as const;

/** Recent lists earlier imports, so that one that was left can be gone back to, and one that was made be undone. */
export function Recent({ kind }: { kind: Kind }) {
  const t = useText();
  const format = useFormat();
  const found = useImports(kind.lists);
  const imports = found.data?.pages.flatMap((page) => page.imports) ?? [];
  if (found.isLoadingError)
    return (
      <Card>
        <Title order={2} mb="xs">
          {t.import.recent}
        </Title>
        <Failed error={found.error} onRetry={found.refetch} />
      </Card>
    );
  if (imports.length === 0) return null;
  const row = (one: Import) => {
    const [state, color] = one.undoneAt ? (["undone", "gray"] as const) : states[one.state];
    return (
      <li key={one.id} className={css.recentRow}>
        <TextLink to={kind.review} params={{ importId: one.id }} size="sm">
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
      </li>
    );
  };
  return (
    <Card>
      <Title order={2} mb="xs">
        {t.import.recent}
      </Title>
      <ul className={css.recent}>{imports.map(row)}</ul>
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
    </Card>
  );
}
