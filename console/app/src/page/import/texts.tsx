import { Text } from "@mantine/core";
import { type ImportRow, RowStatus } from "../../gen/storebot/v1/knowledge_pb";
import { useText } from "../../i18n/language";
import css from "./import.module.css";

/** EntryTexts shows an entry's row, and what the shop has now where it would change it. */
export function EntryTexts({ row }: { row: ImportRow }) {
  const t = useText();
  return (
    <>
      <Text size="sm" fw={550} lineClamp={3}>
        {row.question}
      </Text>
      <Text size="sm" c="dimmed" lineClamp={3}>
        {row.answer}
      </Text>
      {row.status === RowStatus.CHANGED && row.existing && (
        <div className={css.existing}>
          <Text size="xs" c="dimmed">
            {t.import.existing}
          </Text>
          <Text size="sm" lineClamp={3}>
            {row.existing.answer}
          </Text>
        </div>
      )}
    </>
  );
}
