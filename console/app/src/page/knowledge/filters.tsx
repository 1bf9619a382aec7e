import { CloseButton, Group, Select, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useRef } from "react";
import { languages } from "../../i18n/catalogue";
import { useText } from "../../i18n/language";
import { Icon } from "../../part/icon";
import type { KnowledgeSearch } from "../../search";
import css from "./knowledge.module.css";

/** Filters narrows the list down; what it says stands in the address. */
export function Filters(props: {
  search: KnowledgeSearch;
  categories: string[];
  onChange: (change: KnowledgeSearch) => void;
}) {
  const t = useText();
  const { search } = props;
  const box = useRef<HTMLInputElement>(null);
  const look = useDebouncedCallback((q: string) => props.onChange({ q: q || undefined }), 250);

  // The address may change by itself: filters cleared, the browser's way back.
  useEffect(() => {
    if (box.current && box.current !== document.activeElement) box.current.value = search.q ?? "";
  }, [search.q]);

  return (
    <Group className={css.filters} gap="sm" role="search">
      <TextInput
        ref={box}
        className={css.searchBox}
        aria-label={t.knowledge.search}
        placeholder={t.knowledge.searchHint}
        defaultValue={search.q ?? ""}
        onChange={(event) => look(event.currentTarget.value)}
        maxLength={200}
        leftSection={<Icon name="search" size={18} />}
        rightSection={
          search.q && (
            <CloseButton
              size="sm"
              aria-label={t.act.clearFilters}
              onClick={() => {
                if (box.current) box.current.value = "";
                props.onChange({ q: undefined });
              }}
            />
          )
        }
      />
      <Select
        aria-label={t.knowledge.category}
        placeholder={t.knowledge.anyCategory}
        data={
          search.category && !props.categories.includes(search.category)
            ? [...props.categories, search.category]
            : props.categories
        }
        value={search.category ?? null}
        onChange={(category) => props.onChange({ category: category ?? undefined })}
        clearable
        searchable
        className={css.choice}
      />
      <Select
        aria-label={t.knowledge.language}
        placeholder={t.knowledge.anyLanguage}
        data={languages.map((value) => ({ value, label: t.languages[value] }))}
        value={search.language ?? null}
        onChange={(language) => props.onChange({ language: language ?? undefined })}
        clearable
        className={css.choice}
      />
    </Group>
  );
}
