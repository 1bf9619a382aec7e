import { Button, Skeleton, Stack, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { linkToken, useAcceptInvitation, useInvitation } from "../api/people";
import { fieldErrors } from "../api/problem";
import { useText } from "../i18n/language";
import { TextLink } from "../part/link";
import { PasswordField } from "../part/password";
import { useRoleName } from "../part/role";
import { Enter, EnterProblem } from "./enter";

/** JoinPage is where an invitation's link leads. */
export function JoinPage() {
  const t = useText();
  const navigate = useNavigate();
  const roleName = useRoleName();
  const [token] = useState(linkToken);
  const invitation = useInvitation(token);
  const accept = useAcceptInvitation();
  const form = useForm({ initialValues: { password: "" } });
  const asked = invitation.data;
  return (
    <Enter
      title={asked ? t.people.joinTitle(asked.shopName) : t.people.join}
      lead={asked ? t.people.joinLead(asked.invitedBy, roleName(asked.role)) : ""}
      below={<TextLink to="/login">{t.people.toLogIn}</TextLink>}
    >
      {token === "" ? (
        <Text role="status">{t.people.noLink}</Text>
      ) : invitation.isError ? (
        <EnterProblem error={invitation.error} />
      ) : !asked ? (
        <Skeleton height={140} />
      ) : (
        <form
          noValidate
          onSubmit={form.onSubmit(({ password }) =>
            accept.mutate(
              { token, password },
              {
                onSuccess: () => navigate({ to: "/" }),
                onError: (error) => form.setErrors(fieldErrors(error, { password: "password" }, t)),
              },
            ),
          )}
        >
          <Stack>
            <EnterProblem error={accept.error} />
            <input type="hidden" autoComplete="username" value={asked.email} readOnly />
            <PasswordField
              label={`${t.people.joinPassword} (${asked.email})`}
              description={t.people.joinHint}
              autoComplete="current-password"
              {...form.getInputProps("password")}
            />
            <Button type="submit" size="md" loading={accept.isPending}>
              {t.people.join}
            </Button>
          </Stack>
        </form>
      )}
    </Enter>
  );
}
