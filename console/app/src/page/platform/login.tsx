import { Button, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { linkToken } from "../../api/people";
import { useLogInAdmin, useOpenLink } from "../../api/platform";
import { fieldErrors } from "../../api/problem";
import { useText } from "../../i18n/language";
import { TextLink } from "../../part/link";
import { PasswordField } from "../../part/password";
import { Enter, EnterProblem } from "../enter";

/** PlatformLogIn signs one of those who run the installation in. */
export function PlatformLogIn() {
  const t = useText();
  const logIn = useLogInAdmin();
  const form = useForm({ initialValues: { email: "", password: "" } });
  return (
    <Enter
      title={t.platform.logInTitle}
      lead={t.platform.logInLead}
      below={<TextLink to="/login">{t.people.toLogIn}</TextLink>}
    >
      <form noValidate onSubmit={form.onSubmit((values) => logIn.mutate(values))}>
        <Stack>
          <EnterProblem error={logIn.error} />
          <TextInput
            label={t.enter.email}
            type="email"
            autoComplete="username"
            {...form.getInputProps("email")}
          />
          <PasswordField
            label={t.enter.password}
            autoComplete="current-password"
            {...form.getInputProps("password")}
          />
          <Button type="submit" size="md" loading={logIn.isPending}>
            {t.enter.logIn}
          </Button>
        </Stack>
      </form>
    </Enter>
  );
}

/** PlatformLinkPage is where an admin's one-time link leads. */
export function PlatformLinkPage() {
  const t = useText();
  const navigate = useNavigate();
  const [token] = useState(linkToken);
  const open = useOpenLink();
  const form = useForm({ initialValues: { password: "" } });
  return (
    <Enter
      title={t.platform.linkTitle}
      lead={token ? t.platform.linkLead : t.people.noLink}
      below={<TextLink to="/platform">{t.people.toLogIn}</TextLink>}
    >
      <form
        noValidate
        onSubmit={form.onSubmit(({ password }) =>
          open.mutate(
            { token, password },
            {
              onSuccess: () => navigate({ to: "/platform/tenants" }),
              onError: (error) => form.setErrors(fieldErrors(error, { password: "password" }, t)),
            },
          ),
        )}
      >
        <Stack>
          <EnterProblem error={open.error} />
          <PasswordField
            label={t.people.newPassword}
            description={t.enter.passwordHint}
            autoComplete="new-password"
            {...form.getInputProps("password")}
          />
          <Button type="submit" size="md" disabled={token === ""} loading={open.isPending}>
            {t.act.save}
          </Button>
        </Stack>
      </form>
    </Enter>
  );
}
