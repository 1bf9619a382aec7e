import { NativeSelect, SegmentedControl, useMantineColorScheme } from "@mantine/core";
import { type Language, languages } from "../i18n/catalogue";
import { useSpoken } from "../i18n/language";
import { Icon } from "./icon";

/** LanguageChoice changes the console's language at once, in this browser. */
export function LanguageChoice({ withLabel = false }: { withLabel?: boolean }) {
  const { language, t, choose } = useSpoken();
  return (
    <NativeSelect
      label={withLabel ? t.app.language : undefined}
      aria-label={t.app.language}
      leftSection={<Icon name="language" size={18} />}
      value={language}
      onChange={(event) => choose(event.currentTarget.value as Language)}
      data={languages.map((value) => ({ value, label: t.languages[value] }))}
    />
  );
}

/** SchemeChoice switches between light and dark. */
export function SchemeChoice() {
  const { t } = useSpoken();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      aria-label={t.app.scheme}
      value={colorScheme}
      onChange={(value) => setColorScheme(value as "light" | "dark" | "auto")}
      data={(["light", "dark", "auto"] as const).map((value) => ({ value, label: t.app.schemes[value] }))}
    />
  );
}
