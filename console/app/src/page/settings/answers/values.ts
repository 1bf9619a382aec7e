import type { Answering, FixedTexts } from "../../../gen/storebot/v1/answering_pb";
import type { Language } from "../../../i18n/catalogue";

/** textNames are the fixed texts in the order in which shoppers are likely to meet them. */
export const textNames = [
  "greeting",
  "clarify",
  "abstain",
  "person",
  "thanks",
  "goodbye",
  "robot",
  "wordless",
  "noKnowledge",
  "abuse",
] as const;
export type TextName = (typeof textNames)[number];
export type Texts = Record<TextName, string>;

/** What the form holds. */
export type Values = {
  strictness: string;
  warm: boolean;
  budget: number | string;
  texts: Record<Language, Texts>;
};

function textsOf(texts: FixedTexts | undefined): Texts {
  return Object.fromEntries(textNames.map((name) => [name, texts?.[name] ?? ""])) as Texts;
}

export function valuesOf(answering: Answering): Values {
  return {
    strictness: String(answering.strictness),
    warm: answering.tone === 2,
    budget: answering.answerBudgetMs,
    texts: {
      en: textsOf(answering.en),
      "zh-Hant": textsOf(answering.zhHant),
      "zh-Hans": textsOf(answering.zhHans),
    },
  };
}

/** requestOf is the message that saves the values. */
export function requestOf(values: Values) {
  return {
    answering: {
      strictness: Number(values.strictness),
      tone: values.warm ? 2 : 1,
      answerBudgetMs: Math.round(Number(values.budget)),
      en: values.texts.en,
      zhHant: values.texts["zh-Hant"],
      zhHans: values.texts["zh-Hans"],
    },
  };
}

const messages = { en: "en", zh_hant: "zh-Hant", zh_hans: "zh-Hans" } as const;

/** fields says which input a violation's path is about. */
export const fields: Record<string, string> = {
  "answering.answer_budget_ms": "budget",
  ...Object.fromEntries(
    Object.entries(messages).flatMap(([message, language]) =>
      textNames.map((name) => [
        `answering.${message}.${name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)}`,
        `texts.${language}.${name}`,
      ]),
    ),
  ),
};

/** languageOf is the language whose texts an input's name is about. */
export function languageOf(field: string): Language | undefined {
  const [group, language] = field.split(".");
  return group === "texts" ? (language as Language) : undefined;
}
