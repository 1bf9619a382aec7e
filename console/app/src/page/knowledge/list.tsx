import { Badge, Checkbox, Group, Text, UnstyledButton } from "@mantine/core";
import type { Entry } from "../../gen/storebot/v1/knowledge_pb";
import type { Catalogue } from "../../i18n/catalogue";
import type { Format } from "../../i18n/format";
import { useText } from "../../i18n/language";
import part from "../../part/part.module.css";
import { standingOf } from "../../part/standing";
import css from "./knowledge.module.css";

/** EntryList shows one page of entries: rows on a wide screen, blocks on a narrow one. */
export function EntryList(props: {
  entries: Entry[];
  selected: string[];
  onSelect: (ids: string[]) => void;
  onOpen: (id: string) => void;
  format: Format;
}) {
  const t = useText();
  const ids = props.entries.map((entry) => entry.id);
  const all = props.selected.length === ids.length;
  return (
    <div>
      <div className={css.listHead}>
        <Checkbox
          aria-label={t.knowledge.selectAll}
          checked={all}
          indeterminate={props.selected.length > 0 && !all}
          onChange={() => props.onSelect(all ? [] : ids)}
        />
        <Text size="xs" c="dimmed" aria-hidden="true">
          {t.knowledge.question}
        </Text>
        <Text size="xs" c="dimmed" aria-hidden="true" className={css.wide}>
          {t.knowledge.category}
        </Text>
        <Text size="xs" c="dimmed" aria-hidden="true" className={css.wide}>
          {t.knowledge.updated}
        </Text>
      </div>
      <ul className={css.list}>
        {props.entries.map((entry) => (
          <li key={entry.id} className={css.row}>
            <Checkbox
              aria-label={t.knowledge.select(entry.question)}
              checked={props.selected.includes(entry.id)}
              onChange={() =>
                props.onSelect(
                  props.selected.includes(entry.id)
                    ? props.selected.filter((id) => id !== entry.id)
                    : [...props.selected, entry.id],
                )
              }
            />
            <div className={css.text}>
              <UnstyledButton
                className={part.linkButton}
                lang={entry.language || undefined}
                onClick={() => props.onOpen(entry.id)}
              >
                {entry.question}
              </UnstyledButton>
              <Text size="sm" c="dimmed" className={part.clamp} lang={entry.language || undefined}>
                {entry.answer}
              </Text>
              <Group gap={6} mt={4}>
                <Text size="xs" c="dimmed">
                  {about(entry, t, props.format)}
                </Text>
                {entry.usage && entry.usage.unhelpful > 0 && (
                  <Badge variant="light" color="amber" className={css.badge}>
                    {t.knowledge.unhelpful(entry.usage.unhelpful)}
                  </Badge>
                )}
              </Group>
            </div>
            <Group gap={6} className={css.meta}>
              {standingOf(entry) !== "live" && (
                <Badge variant="outline" color="gray" className={css.badge}>
                  {t.entry.standing[standingOf(entry)]}
                </Badge>
              )}
              {entry.category && (
                <Badge variant="light" color="gray" className={css.badge}>
                  {entry.category}
                </Badge>
              )}
            </Group>
            <Text size="sm" c="dimmed" className={css.when} title={props.format.dateTime(entry.updatedAt)}>
              {props.format.ago(entry.updatedAt)}
            </Text>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** about says in one line how an entry is asked and used. */
function about(entry: Entry, t: Catalogue, format: Format): string {
  const { usage, phrasings } = entry;
  return [
    ...(phrasings.length > 0 ? [t.knowledge.phrasings(phrasings.length)] : []),
    usage && usage.conversations > 0
      ? `${t.knowledge.used(usage.conversations)} · ${t.knowledge.lastUsed(format.ago(usage.lastUsedAt))}`
      : t.knowledge.neverUsed,
  ].join(" · ");
}
