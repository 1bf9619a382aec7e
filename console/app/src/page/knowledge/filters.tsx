import { Group, Select } from "@mantine/core";
import { languages } from "../../i18n/catalogue";
import { useText } from "../../i18n/language";
import { SearchBox } from "../../part/searchbox";
import { standings } from "../../part/standing";
import { entryOrders, type KnowledgeSearch, usedFilters } from "../../search";
import css from "./knowledge.module.css";

/** Filters narrows the list down and orders it; what it says stands in the address. */
export function Filters(props: {
  search: KnowledgeSearch;
  categories: string[];
  onChange: (change: KnowledgeSearch) => void;
}) {
  const t = useText();
  const { search } = props;
  return (
    <Group className={css.filters} gap="sm" role="search">
      <SearchBox
        className={css.searchBox}
        q={search.q}
        label={t.knowledge.search}
        hint={t.knowledge.searchHint}
        onSearch={(q) => props.onChange({ q })}
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
      <Choice
        label={t.knowledge.language}
        any={t.knowledge.anyLanguage}
        values={languages}
        names={t.languages}
        value={search.language}
        onChange={(language) => props.onChange({ language })}
      />
      <Choice
        label={t.knowledge.standing}
        any={t.knowledge.anyStanding}
        values={standings}
        names={t.entry.standing}
        value={search.standing}
        onChange={(standing) => props.onChange({ standing })}
      />
      <Choice
        label={t.knowledge.usedFilter}
        any={t.knowledge.anyUse}
        values={usedFilters}
        names={t.knowledge.usedFilters}
        value={search.used}
        onChange={(used) => props.onChange({ used })}
      />
      <Choice
        label={t.knowledge.order}
        any={t.knowledge.ownOrder}
        values={entryOrders}
        names={t.knowledge.orders}
        value={search.order}
        onChange={(order) => props.onChange({ order })}
      />
    </Group>
  );
}

/** Choice picks one of a few words, or none. */
function Choice<Word extends string>(props: {
  label: string;
  any: string;
  values: readonly Word[];
  names: Record<Word, string>;
  value: string | undefined;
  onChange: (value: Word | undefined) => void;
}) {
  return (
    <Select
      aria-label={props.label}
      placeholder={props.any}
      data={props.values.map((value) => ({ value, label: props.names[value] }))}
      value={props.value ?? null}
      onChange={(value) => props.onChange((value as Word | null) ?? undefined)}
      clearable
      className={css.choice}
    />
  );
}
