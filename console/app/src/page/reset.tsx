import { Alert, Button, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { linkToken, useRequestPasswordReset, useResetPassword } from "../api/people";
import { fieldErrors } from "../api/problem";
import { useText } from "../i18n/language";
import { TextLink } from "../part/link";
import { PasswordField } from "../part/password";
import { Enter, EnterProblem } from "./enter";

/** ForgotPage asks for a link to a new password; the answer is the same for every address. */
export function ForgotPage() {
  const t = useText();
  const request = useRequestPasswordReset();
  const form = useForm({ initialValues: { email: "" } });
  return (
    <Enter
      title={t.people.forgotTitle}
      lead={t.people.forgotLead}
      below={<TextLink to="/login">{t.people.toLogIn}</TextLink>}
    >
      <form
        noValidate
        onSubmit={form.onSubmit((values) =>
          request.mutate(values, {
            onError: (error) => form.setErrors(fieldErrors(error, { email: "email" }, t)),
          }),
        )}
      >
        <Stack>
          <EnterProblem error={request.error} />
          {request.data && (
            <Alert role="status" variant="light" color={request.data.mails ? "pine" : "amber"}>
              {request.data.mails ? t.people.forgotSent : t.people.forgotNoMail}
            </Alert>
          )}
          <TextInput
            label={t.enter.email}
            type="email"
            autoComplete="username"
            {...form.getInputProps("email")}
          />
          <Button type="submit" size="md" loading={request.isPending}>
            {t.people.forgotSend}
          </Button>
        </Stack>
      </form>
    </Enter>
  );
}

/** ResetPage is where a link to a new password leads. */
export function ResetPage() {
  const t = useText();
  const [token] = useState(linkToken);
  const reset = useResetPassword();
  const form = useForm({ initialValues: { password: "" } });
  return (
    <Enter
      title={t.people.resetPageTitle}
      lead={token ? t.people.resetPageLead : t.people.noLink}
      below={<TextLink to="/login">{t.people.toLogIn}</TextLink>}
    >
      {reset.isSuccess ? (
        <Text role="status">{t.people.resetDone}</Text>
      ) : (
        <form
          noValidate
          onSubmit={form.onSubmit(({ password }) =>
            reset.mutate(
              { token, password },
              { onError: (error) => form.setErrors(fieldErrors(error, { password: "password" }, t)) },
            ),
          )}
        >
          <Stack>
            <EnterProblem error={reset.error} />
            <PasswordField
              label={t.people.newPassword}
              description={t.enter.passwordHint}
              autoComplete="new-password"
              {...form.getInputProps("password")}
            />
            <Button type="submit" size="md" disabled={token === ""} loading={reset.isPending}>
              {t.people.changePassword}
            </Button>
          </Stack>
        </form>
      )}
    </Enter>
  );
}
