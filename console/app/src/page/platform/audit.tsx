import { Button, Card, Group, Skeleton, Text } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useAudit } from "../../api/platform";
import { lookUp } from "../../api/problem";
import { useFormat, useText } from "../../i18n/language";
import { Empty, Failed, FilterEmpty } from "../../part/empty";
import { Page } from "../../part/page";
import part from "../../part/part.module.css";
import { SearchBox } from "../../part/searchbox";
import { detailText } from "./detail";

/** What stands for an admin where a command was given on the machine itself; see tenant.CommandLine. */
const commandLine = "command line";

/** AuditPage shows what platform admins did, the last first. */
export function AuditPage() {
  const t = useText();
  const format = useFormat();
  const navigate = useNavigate({ from: "/platform/audit" });
  const search = useSearch({ from: "/operator/platform/audit" });
  const audit = useAudit(search);
  const rows = audit.data?.rows ?? [];
  const nameOf = (act: string) => lookUp(t.platform.acts, act) ?? act;
  const filter = (change: { shop?: string; admin?: string }) =>
    navigate({ search: (now) => ({ ...now, ...change, token: undefined }), replace: true });
  const filtered = search.shop !== undefined || search.admin !== undefined;
  return (
    <Page title={t.platform.audit} lead={t.platform.auditHint}>
      <Group>
        <SearchBox
          q={search.shop}
          label={t.platform.auditShop}
          hint={t.platform.auditShop}
          onSearch={(shop) => filter({ shop })}
          flex="1 1 180px"
        />
        <SearchBox
          q={search.admin}
          label={t.platform.auditAdmin}
          hint={t.platform.auditAdmin}
          onSearch={(admin) => filter({ admin })}
          flex="1 1 180px"
        />
      </Group>
      <Card>
        {audit.isLoadingError ? (
          <Failed error={audit.error} onRetry={audit.refetch} />
        ) : audit.isPending ? (
          <Skeleton height={240} />
        ) : rows.length === 0 ? (
          filtered ? (
            <FilterEmpty onClear={() => navigate({ search: {} })} />
          ) : (
            <Empty icon="info" title={t.platform.auditNone} body={t.platform.auditHint} />
          )
        ) : (
          <ul className={part.rows}>
            {rows.map((row) => (
              <li key={`${row.at?.seconds}.${row.at?.nanos}`} className={part.rowLine}>
                <div>
                  <Text fw={550}>
                    {row.tenantSlug ? t.platform.actOn(nameOf(row.act), row.tenantSlug) : nameOf(row.act)}
                  </Text>
                  {(row.reason || row.detail) && (
                    <Text size="sm">
                      {[row.reason, detailText(row.detail, t, format)].filter(Boolean).join(" · ")}
                    </Text>
                  )}
                </div>
                <Text size="sm" c="dimmed">
                  {row.admin === commandLine ? t.platform.commandLine : row.admin} · {format.dateTime(row.at)}
                </Text>
              </li>
            ))}
          </ul>
        )}
      </Card>
      {(search.token || audit.data?.nextPageToken) && (
        <Group>
          <Button
            variant="default"
            disabled={!search.token}
            onClick={() => navigate({ search: (now) => ({ ...now, token: undefined }) })}
          >
            {t.platform.newest}
          </Button>
          <Button
            variant="default"
            disabled={!audit.data?.nextPageToken}
            onClick={() => navigate({ search: (now) => ({ ...now, token: audit.data?.nextPageToken }) })}
          >
            {t.platform.older}
          </Button>
        </Group>
      )}
    </Page>
  );
}
