import { Button, Card, Stack, Text, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useChangePassword } from "../../api/people";
import { fieldErrors, problemOf } from "../../api/problem";
import { useText } from "../../i18n/language";
import { useNotice } from "../../part/notice";
import { PasswordField } from "../../part/password";

/** Password changes one's own password. */
export function Password() {
  const t = useText();
  const notice = useNotice();
  const change = useChangePassword();
  const form = useForm({ initialValues: { current: "", password: "" } });
  const submit = form.onSubmit((values) =>
    change.mutate(values, {
      onSuccess: () => {
        form.reset();
        notice.done(t.people.passwordChanged);
      },
      onError: (error) => {
        const errors = fieldErrors(error, { current: "current", password: "password" }, t);
        if (problemOf(error)?.reason === "bad_credentials")
          errors.current = t.problem.reason.bad_credentials ?? "";
        form.setErrors(errors);
        if (Object.keys(errors).length === 0) notice.failed(error);
      },
    }),
  );
  return (
    <Card>
      <form onSubmit={submit} noValidate>
        <Title order={2}>{t.people.changePassword}</Title>
        <Text size="sm" c="dimmed" mt={4} mb="md">
          {t.people.changeHint}
        </Text>
        <Stack maw={420}>
          <PasswordField
            label={t.people.currentPassword}
            autoComplete="current-password"
            {...form.getInputProps("current")}
          />
          <PasswordField
            label={t.people.newPassword}
            description={t.enter.passwordHint}
            autoComplete="new-password"
            {...form.getInputProps("password")}
          />
          <Button type="submit" w="fit-content" disabled={!form.isDirty()} loading={change.isPending}>
            {t.people.changePassword}
          </Button>
        </Stack>
      </form>
    </Card>
  );
}
