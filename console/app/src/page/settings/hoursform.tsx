import { Alert, Card, NumberInput, Stack, Text, Textarea, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useSetHours } from "../../api/hours";
import { fieldErrors } from "../../api/problem";
import type { GetHoursResponse } from "../../gen/storebot/v1/inbox_pb";
import { Availability } from "../../gen/storebot/v1/shopper_pb";
import { useFormat, useText } from "../../i18n/language";
import { useNotice } from "../../part/notice";
import { Save } from "../../part/save";
import { hoursOf, valuesOf } from "./hoursvalues";
import { Week } from "./week";

const fields = {
  "hours.openings": "openings",
  "hours.closed_on": "closedOn",
  "hours.away_text": "awayText",
  "hours.consent_text": "consentText",
  "hours.reply_within_minutes": "within",
  "hours.notify": "notify",
};

/** HoursForm changes them; the server alone says what is wrong. */
export function HoursForm({ data }: { data: GetHoursResponse }) {
  const t = useText();
  const notice = useNotice();
  const set = useSetHours();
  const form = useForm({ initialValues: valuesOf(data) });
  const submit = form.onSubmit((values) =>
    set.mutate(
      { hours: hoursOf(values) },
      {
        onSuccess: () => {
          form.resetDirty(values);
          notice.done(t.hours.saved);
        },
        onError: (error) => {
          const errors = fieldErrors(error, fields, t);
          form.setErrors(errors);
          if (Object.keys(errors).length === 0) notice.failed(error);
        },
      },
    ),
  );
  const week = form.getInputProps("openings");
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        <Card>
          <Title order={2}>{t.hours.title}</Title>
          <Text size="sm" c="dimmed" mt={4}>
            {t.hours.lead(data.timeZone)}
          </Text>
          <Now data={data} />
          <Week value={form.values.openings} onChange={(next) => form.setFieldValue("openings", next)} />
          {week.error && (
            <Text size="sm" c="red" role="alert">
              {week.error}
            </Text>
          )}
          <Textarea
            mt="md"
            label={t.hours.holidays}
            description={t.hours.holidaysHint}
            autosize
            minRows={1}
            maxRows={8}
            {...form.getInputProps("closedOn")}
          />
        </Card>
        <Card>
          <Stack>
            <Textarea
              label={t.hours.away}
              description={t.hours.awayHint}
              autosize
              minRows={2}
              {...form.getInputProps("awayText")}
            />
            <Textarea
              label={t.hours.consent}
              description={t.hours.consentHint}
              autosize
              minRows={2}
              {...form.getInputProps("consentText")}
            />
          </Stack>
        </Card>
        <Card>
          <Stack>
            <NumberInput
              label={t.hours.within}
              description={t.hours.withinHint}
              min={1}
              max={10080}
              clampBehavior="none"
              maw={360}
              {...form.getInputProps("within")}
            />
            <Textarea
              label={t.hours.notify}
              description={t.hours.notifyHint}
              autosize
              minRows={1}
              {...form.getInputProps("notify")}
            />
            <Mail data={data} />
          </Stack>
        </Card>
        <Save dirty={form.isDirty()} pending={set.isPending} />
      </Stack>
    </form>
  );
}

/** Now says what a shopper who asks for a person is told at this moment. */
export function Now({ data }: { data: GetHoursResponse }) {
  const t = useText();
  const format = useFormat();
  const said = {
    [Availability.UNSPECIFIED]: t.hours.now.unknown,
    [Availability.UNKNOWN]: t.hours.now.unknown,
    [Availability.OPEN]: t.hours.now.open,
    [Availability.CLOSED]: data.opensAt
      ? t.hours.now.until(format.dateTime(data.opensAt))
      : t.hours.now.closed,
  }[data.availability];
  return (
    <Text size="sm" fw={550} my="md" role="status">
      {said}
    </Text>
  );
}

function Mail({ data }: { data: GetHoursResponse }) {
  const t = useText();
  const format = useFormat();
  if (!data.mailConfigured)
    return (
      <Text size="sm" c="dimmed">
        {t.hours.mailOff}
      </Text>
    );
  return (
    <>
      <Text size="sm" c="dimmed">
        {t.hours.mailOn(format.number(data.mailsSent), format.number(data.mailsFailed))}
      </Text>
      {data.lastFailure && <Alert color="amber">{t.hours.mailFailed(data.lastFailure)}</Alert>}
    </>
  );
}
