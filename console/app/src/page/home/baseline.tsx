import { Button, NumberInput, Select, Stack, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMe } from "../../api/account";
import { useSetBaseline } from "../../api/insight";
import { fieldErrors } from "../../api/problem";
import type { Baseline } from "../../gen/storebot/v1/insight_pb";
import { minorDigits } from "../../i18n/format";
import { useText } from "../../i18n/language";
import { useFirstFocus } from "../../part/focus";
import { May } from "../../part/may";
import { useNotice } from "../../part/notice";

const fields = {
  "baseline.minutes_to_first_reply": "firstReply",
  "baseline.minutes_per_conversation": "perConversation",
  "baseline.hourly_wage_minor": "wage",
  "baseline.currency": "currency",
};

const currencyOfZone: Record<string, string> = {
  "Asia/Taipei": "TWD",
  "Asia/Hong_Kong": "HKD",
  "Asia/Macau": "MOP",
  "Asia/Shanghai": "CNY",
  "Asia/Singapore": "SGD",
  "Asia/Kuala_Lumpur": "MYR",
  "Asia/Tokyo": "JPY",
  "Europe/London": "GBP",
};

function likelyCurrency(timeZone: string): string {
  return currencyOfZone[timeZone] ?? (timeZone.startsWith("Europe/") ? "EUR" : "USD");
}

/** BaselineForm asks how it was before: the merchant's own numbers, which every saving rests on. */
export function BaselineForm({ baseline, onDone }: { baseline?: Baseline; onDone: () => void }) {
  const t = useText();
  const me = useMe();
  const notice = useNotice();
  const setBaseline = useSetBaseline();
  const first = useFirstFocus<HTMLInputElement>();
  const form = useForm({
    initialValues: {
      firstReply: (baseline?.minutesToFirstReply ?? "") as number | string,
      perConversation: (baseline?.minutesPerConversation ?? "") as number | string,
      wage: (baseline ? Number(baseline.hourlyWageMinor) / 10 ** minorDigits(baseline.currency) : "") as
        | number
        | string,
      currency: baseline?.currency ?? likelyCurrency(me?.timeZone ?? ""),
    },
    validate: {
      firstReply: (value) => (typeof value === "number" ? null : t.baseline.invalidNumber),
      perConversation: (value) => (typeof value === "number" ? null : t.baseline.invalidNumber),
      wage: (value) => (typeof value === "number" ? null : t.baseline.invalidNumber),
    },
  });

  const submit = form.onSubmit((values) =>
    setBaseline.mutate(
      {
        baseline: {
          minutesToFirstReply: Number(values.firstReply),
          minutesPerConversation: Number(values.perConversation),
          hourlyWageMinor: BigInt(Math.round(Number(values.wage) * 10 ** minorDigits(values.currency))),
          currency: values.currency,
        },
      },
      {
        onSuccess: () => {
          notice.done(t.act.saved);
          onDone();
        },
        onError: (error) => {
          const errors = fieldErrors(error, fields, t);
          form.setErrors(errors);
          if (Object.keys(errors).length === 0) notice.failed(error);
        },
      },
    ),
  );

  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text size="sm" c="dimmed">
          {t.baseline.lead}
        </Text>
        <NumberInput
          ref={first}
          label={t.baseline.firstReply}
          min={0}
          data-autofocus
          {...form.getInputProps("firstReply")}
        />
        <NumberInput label={t.baseline.perConversation} min={0} {...form.getInputProps("perConversation")} />
        <NumberInput label={t.baseline.wage} min={0} thousandSeparator="," {...form.getInputProps("wage")} />
        <Select
          label={t.baseline.currency}
          data={Intl.supportedValuesOf("currency")}
          searchable
          limit={60}
          allowDeselect={false}
          {...form.getInputProps("currency")}
        />
        <May least="owner">
          <Button type="submit" loading={setBaseline.isPending}>
            {t.baseline.save}
          </Button>
        </May>
      </Stack>
    </form>
  );
}
