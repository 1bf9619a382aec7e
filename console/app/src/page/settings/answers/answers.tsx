import { Card, NumberInput, Skeleton, Stack, Switch, Text, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useAnswering, useUpdateAnswering } from "../../../api/answering";
import { fieldErrors } from "../../../api/problem";
import type { Answering, GetAnsweringResponse } from "../../../gen/storebot/v1/answering_pb";
import type { Language } from "../../../i18n/catalogue";
import { useFormat, useText } from "../../../i18n/language";
import { Failed } from "../../../part/empty";
import { useNotice } from "../../../part/notice";
import { Save } from "../../../part/save";
import { settle } from "../../../part/settle";
import { Strictness } from "./strictness";
import { Texts } from "./texts";
import { fields, languageOf, requestOf, valuesOf } from "./values";

/** Answers is the settings section of how the shop answers. */
export default function Answers() {
  const answering = useAnswering();
  if (answering.isLoadingError) return <Failed error={answering.error} onRetry={answering.refetch} />;
  const now = answering.data?.answering;
  if (!answering.data || !now) return <Skeleton height={640} radius="lg" />;
  return <AnswersForm answering={answering.data} now={now} />;
}

function AnswersForm({ answering, now }: { answering: GetAnsweringResponse; now: Answering }) {
  const t = useText();
  const format = useFormat();
  const notice = useNotice();
  const update = useUpdateAnswering();
  const form = useForm({
    initialValues: valuesOf(now),
    validate: { budget: (value) => (typeof value === "number" ? null : t.answers.invalidBudget) },
  });
  const [language, setLanguage] = useState<Language>(format.language as Language);

  const submit = form.onSubmit((values) =>
    update.mutate(requestOf(values), {
      onSuccess: (response) => {
        if (response.answering) settle(form, values, valuesOf(response.answering));
        notice.done(t.answers.saved);
      },
      onError: (error) => {
        const errors = fieldErrors(error, fields, t);
        form.setErrors(errors);
        const wrong = Object.keys(errors).map(languageOf).find(Boolean);
        if (wrong) setLanguage(wrong);
        if (Object.keys(errors).length === 0) notice.failed(error);
      },
    }),
  );

  return (
    <Card>
      <form onSubmit={submit} noValidate>
        <Title order={2}>{t.answers.title}</Title>
        <Text size="sm" c="dimmed" mt={4} mb="md">
          {t.answers.lead}
        </Text>
        <Stack gap="lg">
          <Strictness form={form} answering={answering} />
          <Switch
            label={t.answers.warm}
            description={answering.model ? t.answers.warmHint : t.answers.noModel}
            {...form.getInputProps("warm", { type: "checkbox" })}
          />
          <NumberInput
            label={t.answers.budget}
            description={t.answers.budgetHint}
            min={100}
            max={10000}
            step={100}
            clampBehavior="none"
            allowDecimal={false}
            maw={320}
            {...form.getInputProps("budget")}
          />
          <Texts form={form} answering={answering} language={language} onLanguage={setLanguage} />
          <Save dirty={form.isDirty()} pending={update.isPending} />
        </Stack>
      </form>
    </Card>
  );
}
