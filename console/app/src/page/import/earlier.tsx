import { Card, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useText } from "../../i18n/language";
import css from "./import.module.css";

/** Earlier is the list of earlier imports, of entries or of products; nothing while there is none. */
export function Earlier<T extends { id: string }>(props: {
  imports: readonly T[];
  row: (one: T) => ReactNode;
  /** Stands under the list. */
  children?: ReactNode;
}) {
  const t = useText();
  if (props.imports.length === 0) return null;
  return (
    <Card>
      <Title order={2} mb="xs">
        {t.import.recent}
      </Title>
      <ul className={css.recent}>
        {props.imports.map((one) => (
          <li key={one.id} className={css.recentRow}>
            {props.row(one)}
          </li>
        ))}
      </ul>
      {props.children}
    </Card>
  );
}
