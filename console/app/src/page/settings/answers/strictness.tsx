import { Radio, Stack, Text } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import type { GetAnsweringResponse, StrictnessLevel } from "../../../gen/storebot/v1/answering_pb";
import { useFormat, useText } from "../../../i18n/language";
import css from "./answers.module.css";
import type { Values } from "./values";

const names = { 1: "verySure", 2: "sure", 3: "relaxed" } as const;

/** Strictness chooses how sure the shop wants to be, with what each choice does to its own questions. */
export function Strictness(props: { form: UseFormReturnType<Values>; answering: GetAnsweringResponse }) {
  const t = useText();
  const {
    labels,
    checks,
    ratingsMissing,
    checksMissing,
    levels,
    productAnswers,
    productRated,
    productHelped,
  } = props.answering;
  return (
    <Radio.Group
      label={t.answers.strictness}
      description={t.answers.strictnessHint}
      {...props.form.getInputProps("strictness")}
    >
      <Stack gap="xs" mt="sm">
        {levels.map((level) => {
          const name = names[level.strictness as keyof typeof names];
          return (
            name && (
              <Radio.Card key={name} value={String(level.strictness)} className={css.level}>
                <Radio.Indicator />
                <div>
                  <Text fw={550}>{t.answers.levels[name]}</Text>
                  <Text size="sm" c="dimmed">
                    {t.answers.levelHints[name]}
                  </Text>
                  <Measured
                    level={level}
                    questions={props.answering.questions}
                    enough={ratingsMissing === 0}
                  />
                </div>
              </Radio.Card>
            )
          );
        })}
      </Stack>
      {productAnswers > 0 && (
        <Text size="sm" c="dimmed" mt="xs">
          {t.answers.products(productAnswers, productRated, productHelped)}
        </Text>
      )}
      <Text size="sm" c="dimmed" mt="xs">
        {ratingsMissing > 0
          ? t.answers.missing(labels, ratingsMissing, checksMissing)
          : t.answers.measured(labels - checks, checks)}
      </Text>
    </Radio.Group>
  );
}

/** Measured says what a level does, as far as the shop's own questions and ratings tell. */
function Measured(props: { level: StrictnessLevel; questions: number; enough: boolean }) {
  const t = useText();
  const format = useFormat();
  const { level, questions } = props;
  if (questions === 0) return null;
  const right =
    level.labels > 0
      ? t.answers.right(
          format.percent(level.precision),
          level.labels,
          format.percent(level.precisionLow),
          format.percent(level.precisionHigh),
        )
      : t.answers.notRated;
  return (
    <Text size="sm" mt={4}>
      {t.answers.answered(format.percent(level.answeredShare), questions)}
      {props.enough && ` ${right}`}
    </Text>
  );
}
