import { Loader, Radio, Stack, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useEntries } from "../api/knowledge";
import { useProducts } from "../api/product";
import { useText } from "../i18n/language";
import { Icon } from "./icon";
import part from "./part.module.css";

export type Picked = { id: string; question: string; product?: boolean };

type PickProps = {
  label: string;
  picked?: Picked;
  /** What is searched for at first. */
  start?: string;
  onPick: (picked: Picked) => void;
};

const shown = 6;

/** EntryPick lets one entry be chosen, by the words that it has. */
export function EntryPick(props: PickProps) {
  const t = useText();
  const typing = useTyping(props.start);
  const found = useEntries({ search: typing.search }, shown);
  return (
    <Pick
      {...props}
      {...typing}
      hint={t.checks.search}
      none={t.try.correct.none}
      entries={found.data?.entries}
    />
  );
}

/** AnswerPick lets one entry or one product be chosen, by the words that it has. */
export function AnswerPick(props: PickProps) {
  const t = useText();
  const typing = useTyping(props.start);
  const entries = useEntries({ search: typing.search }, shown);
  const products = useProducts({ search: typing.search }, shown);
  // Without a word there is no telling which of all products is meant.
  const sold = typing.search === "" ? [] : products.data?.products;
  return (
    <Pick
      {...props}
      {...typing}
      hint={t.checks.searchBoth}
      none={t.try.correct.noneBoth}
      entries={entries.data?.entries}
      products={sold}
    />
  );
}

function useTyping(start = "") {
  const [typed, setTyped] = useState(start);
  const [settled] = useDebouncedValue(typed.trim(), 200);
  return { typed, setTyped, search: settled.slice(0, 200) };
}

function Pick(
  props: PickProps & {
    hint: string;
    none: string;
    typed: string;
    setTyped: (text: string) => void;
    entries?: { id: string; question: string; answer: string }[];
    products?: { id: string; name: string; sku: string }[];
  },
) {
  const t = useText();
  const { entries, products = [] } = props;
  const rows: (Picked & { about: string })[] = [
    ...products.map(({ id, name, sku }) => ({
      id,
      question: name,
      product: true,
      about: `${t.products.product} · ${sku}`,
    })),
    ...(entries ?? []).map(({ id, question, answer }) => ({ id, question, about: answer })),
  ];
  return (
    <Stack gap="xs">
      <TextInput
        label={props.label}
        placeholder={props.hint}
        value={props.typed}
        leftSection={<Icon name="search" size={18} />}
        onChange={(event) => props.setTyped(event.currentTarget.value)}
      />
      {!entries ? (
        <Loader size="xs" type="dots" />
      ) : rows.length === 0 ? (
        <Text size="sm" c="dimmed">
          {props.none}
        </Text>
      ) : (
        <Radio.Group
          aria-label={props.label}
          value={props.picked?.id ?? ""}
          onChange={(id) => {
            const row = rows.find((one) => one.id === id);
            if (row) props.onPick({ id: row.id, question: row.question, product: row.product });
          }}
        >
          <Stack gap={8}>
            {rows.map((row) => (
              <Radio
                key={row.id}
                value={row.id}
                label={row.question}
                description={<span className={part.clamp}>{row.about}</span>}
              />
            ))}
          </Stack>
        </Radio.Group>
      )}
    </Stack>
  );
}
