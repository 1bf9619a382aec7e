import { Badge, Button, Card, Group, NativeSelect, Skeleton, Text, Title } from "@mantine/core";
import { useState } from "react";
import { useMe } from "../../api/account";
import { linkTo, useMakeResetLink, useMembers, useRemoveMember, useSetMemberRole } from "../../api/people";
import type { Member } from "../../gen/storebot/v1/tenant_pb";
import { useFormat, useText } from "../../i18n/language";
import { Confirm } from "../../part/confirm";
import { Failed } from "../../part/empty";
import { LinkShown } from "../../part/link-shown";
import { useNotice } from "../../part/notice";
import css from "../../part/part.module.css";
import { roles, useRoleName } from "../../part/role";
import { Invitations } from "./invitations";

/** Members is who works in the shop, as what, and who is asked to. */
export default function Members() {
  const t = useText();
  const me = useMe();
  const members = useMembers();
  const owner = me?.role === "owner" && !me.visit;
  return (
    <>
      <Card>
        <Title order={2}>{t.people.title}</Title>
        <Text size="sm" c="dimmed" mt={4}>
          {t.people.hint}
        </Text>
        {members.isLoadingError && <Failed error={members.error} onRetry={members.refetch} />}
        {members.isPending && <Skeleton height={120} mt="md" />}
        <ul className={css.rows}>
          {members.data?.members.map((one) => (
            <Row key={one.id} member={one} owner={owner} />
          ))}
        </ul>
      </Card>
      {owner && <Invitations />}
    </>
  );
}

function Row({ member, owner }: { member: Member; owner: boolean }) {
  const t = useText();
  const format = useFormat();
  const notice = useNotice();
  const roleName = useRoleName();
  const setRole = useSetMemberRole();
  const remove = useRemoveMember();
  const reset = useMakeResetLink();
  const [asking, setAsking] = useState(false);
  const since = t.people.since(format.date(member.since));
  return (
    <li className={css.rowLine}>
      <div>
        <Group gap="xs">
          <Text fw={550}>{member.email}</Text>
          {member.current && (
            <Badge variant="light" tt="none">
              {t.people.you}
            </Badge>
          )}
        </Group>
        <Text size="sm" c="dimmed">
          {member.lastSeenAt ? `${since} · ${t.people.lastSeen(format.ago(member.lastSeenAt))}` : since}
        </Text>
      </div>
      {owner ? (
        <Group gap="xs">
          <NativeSelect
            aria-label={t.people.roleOf(member.email)}
            value={member.role}
            disabled={setRole.isPending}
            onChange={(event) =>
              setRole.mutate(
                { id: member.id, role: event.currentTarget.value },
                { onSuccess: () => notice.done(t.people.roleChanged), onError: notice.failed },
              )
            }
            data={roles.map((value) => ({ value, label: t.people.roles[value] }))}
          />
          {!member.current && (
            <Button
              variant="default"
              size="sm"
              aria-label={t.people.resetTitle(member.email)}
              loading={reset.isPending}
              onClick={() => reset.mutate({ id: member.id }, { onError: notice.failed })}
            >
              {t.people.reset}
            </Button>
          )}
          <Button
            variant="light"
            color="red"
            size="sm"
            aria-label={t.people.removeTitle(member.email)}
            onClick={() => setAsking(true)}
          >
            {t.people.remove}
          </Button>
        </Group>
      ) : (
        <Text size="sm">{roleName(member.role)}</Text>
      )}
      <Confirm
        opened={asking}
        title={t.people.removeTitle(member.email)}
        body={t.people.removeBody}
        action={t.people.remove}
        busy={remove.isPending}
        onClose={() => setAsking(false)}
        onConfirm={() =>
          notice
            .outcome(remove.mutateAsync({ id: member.id }), () => t.people.removed)
            .then(() => setAsking(false))
        }
      />
      <LinkShown
        title={t.people.resetTitle(member.email)}
        body={t.people.resetBody}
        link={reset.data && linkTo("reset", reset.data.token)}
        onClose={reset.reset}
      />
    </li>
  );
}
