import { CloseButton, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useRef } from "react";
import { useText } from "../i18n/language";
import { Icon } from "./icon";

/** SearchBox says what is searched for when typing pauses; undefined: nothing. */
export function SearchBox(props: {
  q: string | undefined;
  label: string;
  hint: string;
  className?: string;
  flex?: string;
  onSearch: (q: string | undefined) => void;
}) {
  const t = useText();
  const { q } = props;
  const box = useRef<HTMLInputElement>(null);
  const look = useDebouncedCallback((text: string) => props.onSearch(text || undefined), 250);

  // The address may change by itself: filters cleared, the browser's way back.
  useEffect(() => {
    if (box.current && box.current !== document.activeElement) box.current.value = q ?? "";
  }, [q]);

  return (
    <TextInput
      ref={box}
      className={props.className}
      flex={props.flex}
      aria-label={props.label}
      placeholder={props.hint}
      defaultValue={q ?? ""}
      onChange={(event) => look(event.currentTarget.value)}
      maxLength={200}
      leftSection={<Icon name="search" size={18} />}
      rightSection={
        q && (
          <CloseButton
            size="sm"
            aria-label={t.act.clearSearch}
            onClick={() => {
              look.cancel(); // what was typed last is not to come back
              if (box.current) box.current.value = "";
              props.onSearch(undefined);
            }}
          />
        )
      }
    />
  );
}
