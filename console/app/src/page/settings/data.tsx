import { Button, Card, Group, NativeSelect, Progress, Skeleton, Text, Title } from "@mantine/core";
import { useState } from "react";
import { useMe } from "../../api/account";
import { useExport, useSetRetention, useUsage, useVisits } from "../../api/holding";
import { useTenant } from "../../api/tenant";
import type { Tenant } from "../../gen/storebot/v1/tenant_pb";
import { useFormat, useText } from "../../i18n/language";
import { Confirm } from "../../part/confirm";
import { download } from "../../part/download";
import { Failed } from "../../part/empty";
import { May } from "../../part/may";
import { useNotice } from "../../part/notice";
import css from "../../part/part.module.css";
import { amount, standings } from "../../part/usage";
import { Deletion } from "./deletion";

/** Data is what is stored of the shop: how much, for how long, who saw it, and the way out. */
export default function Data() {
  const tenant = useTenant();
  const me = useMe();
  const shop = tenant.data?.tenant;
  const owner = me?.role === "owner" && !me.visit;
  return (
    <>
      <Used />
      {tenant.isLoadingError ? (
        <Failed error={tenant.error} onRetry={tenant.refetch} />
      ) : !shop ? (
        <Skeleton height={160} radius="lg" />
      ) : (
        owner && <Retention key={shop.retentionDays} shop={shop} />
      )}
      {owner && <Export shop={shop} />}
      <Visits />
      {owner && shop && <Deletion shop={shop} />}
    </>
  );
}

function Used() {
  const t = useText();
  const format = useFormat();
  const usage = useUsage();
  return (
    <Card>
      <Title order={2}>{t.holding.usage}</Title>
      <Text size="sm" c="dimmed" mt={4}>
        {t.holding.usageHint}
      </Text>
      {usage.isLoadingError && <Failed error={usage.error} onRetry={usage.refetch} />}
      {usage.isPending && <Skeleton height={160} mt="md" />}
      {usage.data && (
        <ul className={css.rows}>
          {standings(usage.data.usage, usage.data.quota).map(({ resource, used, limit, share }) => {
            const what = t.holding.resources[resource];
            const shown = amount(resource, used, format);
            return (
              <li key={resource} className={css.rowLine}>
                <Text>{what}</Text>
                <Text size="sm" c="dimmed">
                  {limit === undefined
                    ? t.holding.unlimited(shown)
                    : t.holding.ofLimit(shown, amount(resource, limit, format))}
                </Text>
                {share !== undefined && (
                  <Progress
                    w="100%"
                    value={Math.min(100, share * 100)}
                    color={share >= 1 ? "red" : share >= 0.8 ? "amber" : "pine"}
                    aria-label={what}
                  />
                )}
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}

const choices = [30, 90, 180, 365, 730, 0];

function Retention({ shop }: { shop: Tenant }) {
  const t = useText();
  const notice = useNotice();
  const set = useSetRetention();
  const [days, setDays] = useState(shop.retentionDays);
  const [asking, setAsking] = useState(false);
  const name = (n: number) => (n === 0 ? t.holding.forever : t.holding.days(n));
  const shorter = days > 0 && (shop.retentionDays === 0 || days < shop.retentionDays);
  const save = () =>
    set.mutate(
      { days },
      {
        onSuccess: () => notice.done(t.holding.retentionSaved),
        onError: notice.failed,
        onSettled: () => setAsking(false),
      },
    );
  return (
    <Card>
      <Title order={2}>{t.holding.retention}</Title>
      <Text size="sm" c="dimmed" mt={4} mb="md">
        {t.holding.retentionHint}
      </Text>
      <Group>
        <NativeSelect
          aria-label={t.holding.retention}
          value={String(days)}
          onChange={(event) => setDays(Number(event.currentTarget.value))}
          data={[...new Set([...choices, shop.retentionDays])].map((n) => ({
            value: String(n),
            label: name(n),
          }))}
        />
        <May least="owner">
          <Button
            disabled={days === shop.retentionDays}
            loading={set.isPending}
            onClick={() => (shorter ? setAsking(true) : save())}
          >
            {t.act.save}
          </Button>
        </May>
      </Group>
      <Text size="sm" c="dimmed" mt="md">
        {t.holding.versions}
      </Text>
      <Confirm
        opened={asking}
        title={t.holding.retentionTitle}
        body={t.holding.retentionBody(name(days))}
        action={t.holding.retentionConfirm}
        busy={set.isPending}
        onClose={() => setAsking(false)}
        onConfirm={save}
      />
    </Card>
  );
}

function Export({ shop }: { shop?: Tenant }) {
  const t = useText();
  const notice = useNotice();
  const everything = useExport();
  return (
    <Card>
      <Title order={2}>{t.holding.export}</Title>
      <Text size="sm" c="dimmed" mt={4} mb="md">
        {t.holding.exportHint}
      </Text>
      <May least="owner">
        <Button
          w="fit-content"
          variant="light"
          loading={everything.isPending}
          onClick={() =>
            everything.mutate(undefined, {
              onSuccess: (file) => download(`${shop?.slug || "shop"}.zip`, file.type, file),
              onError: notice.failed,
            })
          }
        >
          {t.holding.exportAct}
        </Button>
      </May>
    </Card>
  );
}

function Visits() {
  const t = useText();
  const format = useFormat();
  const visits = useVisits();
  return (
    <Card>
      <Title order={2}>{t.holding.visits}</Title>
      <Text size="sm" c="dimmed" mt={4}>
        {t.holding.visitsHint}
      </Text>
      {visits.isLoadingError && <Failed error={visits.error} onRetry={visits.refetch} />}
      {visits.data?.visits.length === 0 && <Text mt="md">{t.holding.noVisits}</Text>}
      <ul className={css.rows}>
        {visits.data?.visits.map((one) => (
          <li key={`${one.createdAt?.seconds}-${one.adminEmail}`} className={css.rowLine}>
            <div>
              <Text fw={550}>{one.adminEmail}</Text>
              <Text size="sm">{one.reason}</Text>
            </div>
            <Text size="sm" c="dimmed">
              {t.holding.visit(format.dateTime(one.createdAt), format.dateTime(one.endedAt ?? one.expiresAt))}
            </Text>
          </li>
        ))}
      </ul>
    </Card>
  );
}
