import { Button, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useNavigate, useRouter, useSearch } from "@tanstack/react-router";
import { useLogIn } from "../api/account";
import { fieldErrors } from "../api/problem";
import { useText } from "../i18n/language";
import { TextLink } from "../part/link";
import { PasswordField } from "../part/password";
import { Enter, EnterProblem } from "./enter";

const fields = { email: "email", password: "password" };

export function LogInPage() {
  const t = useText();
  const navigate = useNavigate();
  const router = useRouter();
  const { next } = useSearch({ from: "/login" });
  const logIn = useLogIn();
  const form = useForm({ mode: "uncontrolled", initialValues: { email: "", password: "" } });

  const submit = form.onSubmit((values) =>
    logIn.mutate(values, {
      onSuccess: () => (next ? router.history.push(next) : navigate({ to: "/" })),
      onError: (error) => form.setErrors(fieldErrors(error, fields, t)),
    }),
  );

  return (
    <Enter
      title={t.enter.logInTitle}
      lead={t.enter.logInLead}
      below={
        <>
          {t.enter.noAccount} <TextLink to="/signup">{t.enter.signUp}</TextLink>
          <br />
          <TextLink to="/forgot">{t.people.forgot}</TextLink>
        </>
      }
    >
      <form onSubmit={submit} noValidate>
        <Stack>
          <EnterProblem error={logIn.error} />
          <TextInput
            label={t.enter.email}
            type="email"
            autoComplete="username"
            required
            withAsterisk={false}
            key={form.key("email")}
            {...form.getInputProps("email")}
          />
          <PasswordField
            label={t.enter.password}
            autoComplete="current-password"
            required
            withAsterisk={false}
            key={form.key("password")}
            {...form.getInputProps("password")}
          />
          <Button type="submit" size="md" mt="xs" loading={logIn.isPending}>
            {t.enter.logIn}
          </Button>
        </Stack>
      </form>
    </Enter>
  );
}
