import { Stack, Tabs, Text, Textarea } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import type { FixedTexts, GetAnsweringResponse } from "../../../gen/storebot/v1/answering_pb";
import { isLanguage, type Language, languages } from "../../../i18n/catalogue";
import { useText } from "../../../i18n/language";
import { textNames, type Values } from "./values";

/** Texts edits what is said without an entry, a language at a time; what is not written shows what is said instead. */
export function Texts(props: {
  form: UseFormReturnType<Values>;
  answering: GetAnsweringResponse;
  language: Language;
  onLanguage: (language: Language) => void;
}) {
  const t = useText();
  const defaults: Record<Language, FixedTexts | undefined> = {
    en: props.answering.defaultEn,
    "zh-Hant": props.answering.defaultZhHant,
    "zh-Hans": props.answering.defaultZhHans,
  };
  return (
    <div>
      <Text fw={550}>{t.answers.texts}</Text>
      <Text size="sm" c="dimmed" mb="xs">
        {t.answers.textsHint}
      </Text>
      <Tabs
        value={props.language}
        onChange={(value) => isLanguage(value) && props.onLanguage(value)}
        keepMounted={false}
      >
        <Tabs.List aria-label={t.answers.textsLanguage}>
          {languages.map((language) => (
            <Tabs.Tab key={language} value={language} lang={language}>
              {t.languages[language]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {languages.map((language) => (
          <Tabs.Panel key={language} value={language} pt="md">
            <Stack>
              {textNames.map((name) => (
                <Textarea
                  key={name}
                  lang={language}
                  label={t.answers.text[name]}
                  placeholder={defaults[language]?.[name]}
                  autosize
                  minRows={2}
                  maxRows={6}
                  {...props.form.getInputProps(`texts.${language}.${name}`)}
                />
              ))}
            </Stack>
          </Tabs.Panel>
        ))}
      </Tabs>
    </div>
  );
}
