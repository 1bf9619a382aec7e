import { Badge, Button, Card, Group, Skeleton, Text, Title } from "@mantine/core";
import { useRevokeSession, useSessions } from "../../api/account";
import type { Catalogue } from "../../i18n/catalogue";
import { useFormat, useText } from "../../i18n/language";
import { Failed } from "../../part/empty";
import { useNotice } from "../../part/notice";
import css from "./sessions.module.css";

const browsers = [
  [/Edg\//, "Edge"],
  [/OPR\//, "Opera"],
  [/Firefox\//, "Firefox"],
  [/Chrome\//, "Chrome"],
  [/Safari\//, "Safari"],
] as const;
const systems = [
  [/Windows/, "Windows"],
  [/Android/, "Android"],
  [/iPhone|iPad/, "iOS"],
  [/Mac OS X/, "macOS"],
  [/Linux/, "Linux"],
] as const;

/** browserName says in words which browser a user agent is, as far as it tells. */
export function browserName(userAgent: string, t: Catalogue): string {
  const browser = browsers.find(([pattern]) => pattern.test(userAgent))?.[1];
  const system = systems.find(([pattern]) => pattern.test(userAgent))?.[1];
  if (browser && system) return t.settings.browserOn(browser, system);
  return browser ?? system ?? (userAgent || t.settings.unknownBrowser);
}

/** Sessions lists where the account is signed in, and ends those that are not wanted. */
export function Sessions() {
  const t = useText();
  const format = useFormat();
  const notice = useNotice();
  const sessions = useSessions();
  const revoke = useRevokeSession();
  return (
    <Card>
      <Title order={2}>{t.settings.sessions}</Title>
      <Text size="sm" c="dimmed" mt={4}>
        {t.settings.sessionsHint}
      </Text>
      {sessions.isLoadingError && <Failed error={sessions.error} onRetry={sessions.refetch} />}
      {sessions.isPending && <Skeleton height={56} mt="md" />}
      <ul className={css.list}>
        {sessions.data?.sessions.map((session) => {
          const name = browserName(session.userAgent, t);
          return (
            <li key={session.id} className={css.row}>
              <div>
                <Group gap="xs">
                  <Text fw={550}>{name}</Text>
                  {session.current && (
                    <Badge variant="light" tt="none">
                      {t.settings.current}
                    </Badge>
                  )}
                </Group>
                <Text size="sm" c="dimmed">
                  {t.settings.lastSeen(format.ago(session.lastSeenAt), format.date(session.createdAt))}
                </Text>
              </div>
              {!session.current && (
                <Button
                  variant="light"
                  color="red"
                  size="sm"
                  aria-label={t.settings.revokeLabel(name)}
                  loading={revoke.isPending && revoke.variables?.id === session.id}
                  onClick={() =>
                    revoke.mutate(
                      { id: session.id },
                      { onSuccess: () => notice.done(t.settings.revoked), onError: notice.failed },
                    )
                  }
                >
                  {t.settings.revoke}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
