import { Button, Card, Group, Text, TextInput, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { linkTo } from "../../api/people";
import { useAccountResetLink } from "../../api/platform";
import { fieldErrors } from "../../api/problem";
import { useText } from "../../i18n/language";
import { LinkShown } from "../../part/link-shown";
import { useNotice } from "../../part/notice";

/** AccountReset makes a link to a new password for somebody who can not log in. */
export function AccountReset() {
  const t = useText();
  const notice = useNotice();
  const reset = useAccountResetLink();
  const form = useForm({ initialValues: { email: "", reason: "" } });
  return (
    <Card>
      <form
        noValidate
        onSubmit={form.onSubmit((values) =>
          reset.mutate(values, {
            onError: (error) => {
              const errors = fieldErrors(error, { email: "email", reason: "reason" }, t);
              form.setErrors(errors);
              if (Object.keys(errors).length === 0) notice.failed(error);
            },
          }),
        )}
      >
        <Title order={2}>{t.platform.resetTitle}</Title>
        <Text size="sm" c="dimmed" mt={4} mb="md">
          {t.platform.resetHint}
        </Text>
        <Group align="flex-start">
          <TextInput label={t.enter.email} type="email" flex="1 1 200px" {...form.getInputProps("email")} />
          <TextInput label={t.platform.reason} flex="1 1 200px" {...form.getInputProps("reason")} />
        </Group>
        <Button type="submit" mt="md" variant="light" loading={reset.isPending}>
          {t.platform.resetAct}
        </Button>
      </form>
      <LinkShown
        title={t.people.resetTitle(form.values.email)}
        body={t.people.resetBody}
        link={reset.data && linkTo("reset", reset.data.token)}
        onClose={() => {
          reset.reset();
          form.reset();
        }}
      />
    </Card>
  );
}
