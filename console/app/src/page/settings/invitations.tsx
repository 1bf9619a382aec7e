import { Button, Card, Group, NativeSelect, Text, TextInput, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { linkTo, useInvitations, useInvite, useRevokeInvitation } from "../../api/people";
import { fieldErrors } from "../../api/problem";
import { useFormat, useText } from "../../i18n/language";
import { Failed } from "../../part/empty";
import { LinkShown } from "../../part/link-shown";
import { useNotice } from "../../part/notice";
import css from "../../part/part.module.css";
import { roles, useRoleName } from "../../part/role";

/** Invitations asks somebody in by a link, and lists the links that still work. */
export function Invitations() {
  const t = useText();
  const format = useFormat();
  const notice = useNotice();
  const roleName = useRoleName();
  const open = useInvitations(true);
  const invite = useInvite();
  const revoke = useRevokeInvitation();
  const form = useForm({ initialValues: { email: "", role: "agent" } });
  const made = invite.data;
  return (
    <Card>
      <form
        noValidate
        onSubmit={form.onSubmit((values) =>
          invite.mutate(values, {
            onSuccess: () => form.reset(),
            onError: (error) => {
              const errors = fieldErrors(error, { email: "email", role: "role" }, t);
              form.setErrors(errors);
              if (Object.keys(errors).length === 0) notice.failed(error);
            },
          }),
        )}
      >
        <Title order={2}>{t.people.invite}</Title>
        <Text size="sm" c="dimmed" mt={4} mb="md">
          {t.people.inviteHint}
        </Text>
        <Group align="flex-start">
          <TextInput label={t.enter.email} type="email" flex="1 1 200px" {...form.getInputProps("email")} />
          <NativeSelect
            label={t.people.role}
            data={roles.map((value) => ({ value, label: t.people.roles[value] }))}
            {...form.getInputProps("role")}
          />
        </Group>
        <Button type="submit" mt="md" loading={invite.isPending}>
          {t.people.send}
        </Button>
      </form>
      {open.isLoadingError && <Failed error={open.error} onRetry={open.refetch} />}
      {(open.data?.invitations.length ?? 0) > 0 && (
        <>
          <Title order={3} mt="lg" size="h4">
            {t.people.open}
          </Title>
          <ul className={css.rows}>
            {open.data?.invitations.map((one) => (
              <li key={one.id} className={css.rowLine}>
                <div>
                  <Text fw={550}>{one.email}</Text>
                  <Text size="sm" c="dimmed">
                    {t.people.openUntil(roleName(one.role), format.date(one.expiresAt))}
                  </Text>
                </div>
                <Button
                  variant="default"
                  size="sm"
                  aria-label={`${t.people.revoke}: ${one.email}`}
                  onClick={() =>
                    revoke.mutate(
                      { id: one.id },
                      { onSuccess: () => notice.done(t.people.revoked), onError: notice.failed },
                    )
                  }
                >
                  {t.people.revoke}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
      <LinkShown
        title={t.people.linkTitle(made?.invitation?.email ?? "")}
        body={made?.mailed ? `${t.people.linkBody} ${t.people.mailed}` : t.people.linkBody}
        link={made && linkTo("join", made.token)}
        onClose={invite.reset}
      />
    </Card>
  );
}
