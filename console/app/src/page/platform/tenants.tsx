import { Badge, Button, Card, Group, NativeSelect, Skeleton, Text } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTenants } from "../../api/platform";
import type { TenantRow } from "../../gen/storebot/v1/platform_pb";
import { useFormat, useText } from "../../i18n/language";
import { Empty, Failed, FilterEmpty } from "../../part/empty";
import { Page } from "../../part/page";
import { SearchBox } from "../../part/searchbox";
import { amount, standings } from "../../part/usage";
import { type TenantStatus, tenantStatuses } from "../../search";
import { AccountReset } from "./accountreset";
import { Acting, type Deed } from "./deed";
import { type Health, healthOf } from "./health";
import css from "./platform.module.css";

const colors: Record<string, string> = {
  active: "pine",
  suspended: "red",
  deleting: "amber",
  deleted: "gray",
};

const tones: Record<Health, string> = {
  used_up: "red",
  nothing: "amber",
  short: "amber",
  quiet: "gray",
  good: "pine",
};

/** TenantsPage lists the shops: names, states and counts, no content. */
export function TenantsPage() {
  const t = useText();
  const navigate = useNavigate({ from: "/platform/tenants" });
  const search = useSearch({ from: "/operator/platform/tenants" });
  const tenants = useTenants({ search: search.q, status: search.status, token: search.token });
  const [deed, setDeed] = useState<{ deed: Deed; shop: TenantRow }>();
  const filtered = search.q !== undefined || search.status !== undefined;
  const rows = tenants.data?.tenants ?? [];
  return (
    <Page
      title={t.platform.pages.tenants}
      // The line is kept free: what stands below must not jump once the number is known.
      lead={tenants.data ? t.platform.total(Number(tenants.data.total)) : "\u00a0"}
    >
      <Group>
        <SearchBox
          q={search.q}
          label={t.platform.search}
          hint={t.platform.search}
          onSearch={(q) => navigate({ search: (now) => ({ ...now, q, token: undefined }), replace: true })}
          flex="1 1 220px"
        />
        <NativeSelect
          aria-label={t.platform.status}
          value={search.status ?? ""}
          onChange={(event) => {
            const status = (event.currentTarget.value || undefined) as TenantStatus | undefined;
            void navigate({ search: (now) => ({ ...now, status, token: undefined }) });
          }}
          data={[
            { value: "", label: t.platform.any },
            ...tenantStatuses.map((value) => ({ value, label: t.platform.statuses[value] })),
          ]}
        />
      </Group>
      <Card>
        {tenants.isLoadingError ? (
          <Failed error={tenants.error} onRetry={tenants.refetch} />
        ) : tenants.isPending ? (
          <Skeleton height={240} />
        ) : rows.length > 0 ? (
          <ul className={css.tenants}>
            {rows.map((shop) => (
              <Row key={shop.id} shop={shop} onDeed={(deed) => setDeed({ deed, shop })} />
            ))}
          </ul>
        ) : filtered ? (
          <FilterEmpty onClear={() => navigate({ search: {} })} />
        ) : (
          <Empty icon="people" title={t.platform.emptyTitle} body={t.platform.emptyBody} />
        )}
      </Card>
      {(search.token || tenants.data?.nextPageToken) && (
        <Group>
          <Button
            variant="default"
            disabled={!search.token}
            onClick={() => navigate({ search: (now) => ({ ...now, token: undefined }) })}
          >
            {t.act.back}
          </Button>
          <Button
            variant="default"
            disabled={!tenants.data?.nextPageToken}
            onClick={() => navigate({ search: (now) => ({ ...now, token: tenants.data?.nextPageToken }) })}
          >
            {t.act.next}
          </Button>
        </Group>
      )}
      {!tenants.isPending && <AccountReset />}
      {deed && <Acting deed={deed.deed} shop={deed.shop} onClose={() => setDeed(undefined)} />}
    </Page>
  );
}

function Row({ shop, onDeed }: { shop: TenantRow; onDeed: (deed: Deed) => void }) {
  const t = useText();
  const format = useFormat();
  const status = shop.status as TenantStatus;
  const health = healthOf(shop);
  const deeds: Deed[] =
    status === "deleted" ? [] : [status === "suspended" ? "resume" : "suspend", "quota", "enter"];
  return (
    <li className={css.tenant}>
      <div>
        <Group gap="xs">
          <Text fw={550}>{shop.name}</Text>
          <Badge variant="light" tt="none" color={colors[status]}>
            {t.platform.statuses[status] ?? status}
          </Badge>
          {status === "active" && (
            <Badge variant="light" tt="none" color={tones[health]}>
              {t.platform.healths[health]}
            </Badge>
          )}
        </Group>
        <Text size="sm" c="dimmed">
          {shop.slug} · {t.platform.members(shop.members)} · {t.people.since(format.date(shop.createdAt))}
        </Text>
        {shop.deletedAt ? (
          <Text size="sm">
            {t.platform.receipt(format.dateTime(shop.deletedAt), Number(shop.deletedRows))}
          </Text>
        ) : (
          <Text size="sm" c="dimmed">
            {t.platform.asked(format.ago(shop.askedAt) || t.platform.never)} ·{" "}
            {t.platform.seen(format.ago(shop.memberSeenAt) || t.platform.never)}
          </Text>
        )}
      </div>
      <div>
        {standings(shop.usage, shop.quota).map(({ resource, used, limit, share }) => {
          const shown = amount(resource, used, format);
          return (
            <Text
              key={resource}
              size="sm"
              c={share !== undefined && share >= 0.8 ? "var(--mantine-color-error)" : undefined}
            >
              {t.platform.used(
                t.holding.resources[resource],
                limit === undefined ? shown : t.holding.ofLimit(shown, amount(resource, limit, format)),
              )}
            </Text>
          );
        })}
      </div>
      <Group gap="xs">
        {deeds.map((deed) => (
          <Button
            key={deed}
            size="sm"
            variant={deed === "suspend" ? "light" : "default"}
            color={deed === "suspend" ? "red" : undefined}
            aria-label={t.platform.actOn(t.platform[deed], shop.name)}
            onClick={() => onDeed(deed)}
          >
            {t.platform[deed]}
          </Button>
        ))}
      </Group>
    </li>
  );
}
