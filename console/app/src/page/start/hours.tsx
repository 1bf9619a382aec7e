import { Button, Card, Skeleton, Text, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { useHours, useSetHours } from "../../api/hours";
import { fieldErrors } from "../../api/problem";
import type { GetHoursResponse } from "../../gen/storebot/v1/inbox_pb";
import { useText } from "../../i18n/language";
import { Failed } from "../../part/empty";
import { useNotice } from "../../part/notice";
import { Save } from "../../part/save";
import { Now } from "../settings/hoursform";
import { hoursOf, valuesOf } from "../settings/hoursvalues";
import { Week } from "../settings/week";

/** HoursAtStart asks a new shop when people are there, and for nothing else that the settings have of it. */
export function HoursAtStart() {
  const hours = useHours();
  if (hours.isLoadingError) return <Failed error={hours.error} onRetry={hours.refetch} />;
  return hours.data ? <Opening data={hours.data} /> : <Skeleton height={140} radius="lg" />;
}

function Opening({ data }: { data: GetHoursResponse }) {
  const t = useText();
  const notice = useNotice();
  const set = useSetHours();
  const [shown, { open }] = useDisclosure(false);
  const form = useForm({ initialValues: { openings: valuesOf(data).openings } });
  const submit = form.onSubmit((values) =>
    set.mutate(
      { hours: hoursOf({ ...valuesOf(data), ...values }) },
      {
        onSuccess: () => {
          form.resetDirty(values);
          notice.done(t.hours.saved);
        },
        onError: (error) => {
          const errors = fieldErrors(error, { "hours.openings": "openings" }, t);
          form.setErrors(errors);
          if (Object.keys(errors).length === 0) notice.failed(error);
        },
      },
    ),
  );
  return (
    <Card mt="md">
      <Title order={3} size="h4">
        {t.start.hours.title}
      </Title>
      <Text size="sm" c="dimmed" mt={4}>
        {t.start.hours.lead}
      </Text>
      <Now data={data} />
      {shown ? (
        <form onSubmit={submit} noValidate>
          <Week value={form.values.openings} onChange={(next) => form.setFieldValue("openings", next)} />
          {form.errors.openings && (
            <Text size="sm" c="var(--mantine-color-error)" role="alert">
              {form.errors.openings}
            </Text>
          )}
          <Save dirty={form.isDirty()} pending={set.isPending} />
        </form>
      ) : (
        <div>
          <Button variant="default" onClick={open}>
            {t.start.hours.set}
          </Button>
        </div>
      )}
    </Card>
  );
}
