import { Button, Card, Group, Text, Title, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { useInvalidRows } from "../../api/imports";
import type { Import } from "../../gen/storebot/v1/knowledge_pb";
import { useText } from "../../i18n/language";
import { download } from "../../part/download";
import { Icon } from "../../part/icon";
import { useNotice } from "../../part/notice";
import css from "./import.module.css";
import { kindOf } from "./kind";
import { useShown } from "./shown";

/** Problems groups what is wrong with the rows by its cure; each group shows its rows below. */
export function Problems({ one }: { one: Import }) {
  const t = useText();
  const kind = kindOf(one);
  const [{ problem }, show] = useShown();
  if (one.problemGroups.length === 0) return null;
  return (
    <Card>
      <Group justify="space-between" mb="xs">
        <Title order={2}>{t.import.problems}</Title>
        {one.invalidRows > 0 && <InvalidRows one={one} />}
      </Group>
      <ul className={css.recent}>
        {one.problemGroups.map((group) => (
          <li key={group.code} className={css.recentRow}>
            <div className={css.group}>
              <Text size="sm" fw={550} c={group.warning ? undefined : "var(--mantine-color-error)"}>
                {kind.problem(group.code, t)?.what ?? group.code}
              </Text>
              <Text size="sm">{kind.problem(group.code, t)?.cure}</Text>
            </div>
            <UnstyledButton
              className={css.groupRows}
              aria-pressed={problem === group.code}
              onClick={() => show({ problem: problem === group.code ? undefined : group.code })}
            >
              {t.import.rows(group.rows)}
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** InvalidRows hands out the rows that stay out as a file to mend; it is uploaded like any other. */
export function InvalidRows({ one }: { one: Import }) {
  const t = useText();
  const notice = useNotice();
  const fetchFile = useInvalidRows();
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      const words = Object.fromEntries(
        one.problemGroups.map(({ code }) => {
          const words = kindOf(one).problem(code, t);
          return [code, words ? [words.what, words.cure].filter(Boolean).join(" ") : code];
        }),
      );
      const file = await fetchFile(one.id, words);
      download(file.fileName, file.contentType, file.content as BlobPart);
      notice.done(t.import.invalidSaved(file.fileName));
    } catch (error) {
      notice.failed(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={busy}
      leftSection={<Icon name="download" size={16} />}
      onClick={save}
    >
      {t.import.invalidFile(one.invalidRows)}
    </Button>
  );
}
