import { Button, Card, Group, Text, Title, UnstyledButton } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useInvalidRows } from "../../api/imports";
import { lookUp } from "../../api/problem";
import type { Import } from "../../gen/storebot/v1/knowledge_pb";
import { useText } from "../../i18n/language";
import { download } from "../../part/download";
import { Icon } from "../../part/icon";
import { useNotice } from "../../part/notice";
import css from "./import.module.css";

/** Problems groups what is wrong with the rows by its cure; each group shows its rows below. */
export function Problems({ one }: { one: Import }) {
  const t = useText();
  const navigate = useNavigate({ from: "/knowledge/import/$importId" });
  const { problem } = useSearch({ from: "/inside/knowledge/import/$importId" });
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
                {lookUp(t.import.code, group.code) ?? group.code}
              </Text>
              <Text size="sm">{lookUp(t.import.cure, group.code)}</Text>
            </div>
            <UnstyledButton
              className={css.groupRows}
              aria-pressed={problem === group.code}
              onClick={() =>
                navigate({
                  search: { problem: problem === group.code ? undefined : group.code },
                  replace: true,
                  resetScroll: false,
                })
              }
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
        one.problemGroups.map(({ code }) => [
          code,
          [lookUp(t.import.code, code), lookUp(t.import.cure, code)].filter(Boolean).join(" "),
        ]),
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
