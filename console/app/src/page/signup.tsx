import { Button, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useNavigate } from "@tanstack/react-router";
import { useSignUp } from "../api/account";
import { fieldErrors } from "../api/problem";
import { useSpoken } from "../i18n/language";
import { TextLink } from "../part/link";
import { PasswordField } from "../part/password";
import { Enter, EnterProblem } from "./enter";

const fields = { shop_name: "shopName", email: "email", password: "password" };

export function SignUpPage() {
  const { t, language } = useSpoken();
  const navigate = useNavigate();
  const signUp = useSignUp();
  const form = useForm({ mode: "uncontrolled", initialValues: { shopName: "", email: "", password: "" } });

  const submit = form.onSubmit((values) => {
    const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
    signUp.mutate(
      { ...values, language, timeZone },
      {
        onSuccess: () => navigate({ to: "/start" }),
        onError: (error) => form.setErrors(fieldErrors(error, fields, t)),
      },
    );
  });

  return (
    <Enter
      title={t.enter.signUpTitle}
      lead={t.enter.signUpLead}
      below={
        <>
          {t.enter.haveAccount} <TextLink to="/login">{t.enter.logIn}</TextLink>
        </>
      }
    >
      <form onSubmit={submit} noValidate>
        <Stack>
          <EnterProblem error={signUp.error} />
          <TextInput
            label={t.enter.shopName}
            description={t.enter.shopNameHint}
            autoComplete="organization"
            required
            withAsterisk={false}
            key={form.key("shopName")}
            {...form.getInputProps("shopName")}
          />
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
            description={t.enter.passwordHint}
            autoComplete="new-password"
            required
            withAsterisk={false}
            key={form.key("password")}
            {...form.getInputProps("password")}
          />
          <Button type="submit" size="md" mt="xs" loading={signUp.isPending}>
            {t.enter.signUp}
          </Button>
        </Stack>
      </form>
    </Enter>
  );
}
