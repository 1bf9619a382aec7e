import { Group, Stack, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import type { ReactNode } from "react";
import { useCalling } from "../api/live";
import { useText } from "../i18n/language";
import css from "./part.module.css";

/** Page is a page's head and body; its title is the document's too, behind the number of those who call from the inbox. */
export function Page(props: {
  title: string;
  lead?: string;
  actions?: ReactNode;
  narrow?: boolean;
  children: ReactNode;
}) {
  const t = useText();
  const calling = useCalling();
  useDocumentTitle(`${calling > 0 ? `(${calling}) ` : ""}${props.title} · ${t.app.name}`);
  return (
    <div className={props.narrow ? css.pageNarrow : css.page}>
      <Group justify="space-between" align="flex-start" gap="md" mb="lg">
        <div className={css.pageHead}>
          <Title order={1}>{props.title}</Title>
          {props.lead && (
            <Text c="dimmed" mt={4}>
              {props.lead}
            </Text>
          )}
        </div>
        {props.actions && <Group gap="xs">{props.actions}</Group>}
      </Group>
      <Stack gap="lg">{props.children}</Stack>
    </div>
  );
}
