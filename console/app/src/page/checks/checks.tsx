import { Badge, Button, Card, Checkbox, Group, SegmentedControl, Skeleton, Stack, Text } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useChecks, useDeleteChecks } from "../../api/learning";
import { type Check, CheckOutcome, CheckSource } from "../../gen/storebot/v1/learning_pb";
import { useFormat, useText } from "../../i18n/language";
import { outcomes } from "../../part/broken";
import { ClearFilters, Empty, Failed } from "../../part/empty";
import { May, useMay } from "../../part/may";
import { useNotice } from "../../part/notice";
import { Page } from "../../part/page";
import gaps from "../gaps/gaps.module.css";
import { AddCheck } from "./add";

const colors = { right: "pine", offered: "amber", missed: "amber", wrong: "red" } as const;

const sources = {
  [CheckSource.UNSPECIFIED]: "saved",
  [CheckSource.SAVED]: "saved",
  [CheckSource.CORRECTION]: "correction",
  [CheckSource.GAP]: "gap",
  [CheckSource.HELPFUL]: "helpful",
} as const;

const passes = (check: Check) => check.result?.outcome === CheckOutcome.RIGHT;

/** ChecksPage asks all checks and shows what became of each, those that fail first. */
export function ChecksPage() {
  const t = useText();
  const format = useFormat();
  const notice = useNotice();
  const navigate = useNavigate({ from: "/checks" });
  const search = useSearch({ from: "/inside/checks" });
  const checks = useChecks();
  const remove = useDeleteChecks();
  const [selected, setSelected] = useState<string[]>([]);
  const { data } = checks;
  const all = data?.checks;
  const list = search.show === "failed" ? all?.filter((check) => !passes(check)) : all;
  const chosen = list?.filter((check) => selected.includes(check.id)).map((check) => check.id) ?? [];
  const add = (open: boolean) => navigate({ search: { ...search, add: open || undefined } });

  return (
    <Page
      title={t.checks.title}
      lead={t.checks.lead}
      narrow
      actions={
        <May>
          <Button onClick={() => add(true)}>{t.checks.add}</Button>
        </May>
      }
    >
      {checks.isLoadingError ? (
        <Failed error={checks.error} onRetry={checks.refetch} />
      ) : !data || !all || !list ? (
        <Card className={gaps.loading}>
          <Skeleton height={64} />
          <Skeleton height={64} />
        </Card>
      ) : all.length === 0 ? (
        <Card>
          <Empty icon="check" title={t.checks.emptyTitle} body={t.checks.emptyBody}>
            <May>
              <Button mt="xs" onClick={() => add(true)}>
                {t.checks.add}
              </Button>
            </May>
          </Empty>
        </Card>
      ) : (
        <Stack>
          <Group justify="space-between">
            <Group gap="sm">
              <SegmentedControl
                aria-label={t.checks.show}
                value={search.show ?? "all"}
                onChange={(value) => navigate({ search: { show: value === "failed" ? value : undefined } })}
                data={[
                  { value: "all", label: t.checks.all },
                  { value: "failed", label: t.checks.failed },
                ]}
              />
              <Text size="sm" fw={550} aria-live="polite">
                {t.checks.passed(data.passed, all.length)}
              </Text>
              <Text size="sm" c="dimmed">
                {t.checks.took(format.waitMs(data.tookMs))}
              </Text>
            </Group>
            <Group gap="xs">
              {chosen.length > 0 && (
                <May>
                  <Button
                    variant="subtle"
                    color="red"
                    loading={remove.isPending}
                    onClick={() =>
                      remove.mutate(
                        { ids: chosen },
                        {
                          onSuccess: (response) => notice.done(t.checks.deleted(response.deleted)),
                          onError: notice.failed,
                        },
                      )
                    }
                  >
                    {t.checks.deleteSelected(chosen.length)}
                  </Button>
                </May>
              )}
              <Button variant="default" loading={checks.isFetching} onClick={() => checks.refetch()}>
                {t.checks.again}
              </Button>
            </Group>
          </Group>
          <Card padding={0}>
            {list.length === 0 ? (
              <Empty icon="check" title={t.checks.noneFailingTitle} body={t.checks.noneFailingBody}>
                <ClearFilters onClear={() => navigate({ search: {} })} />
              </Empty>
            ) : (
              <ul className={gaps.list} aria-label={t.checks.list}>
                {list.map((check) => (
                  <Row
                    key={check.id}
                    check={check}
                    selected={selected.includes(check.id)}
                    onSelect={(on) =>
                      setSelected((ids) => (on ? [...ids, check.id] : ids.filter((id) => id !== check.id)))
                    }
                  />
                ))}
              </ul>
            )}
          </Card>
        </Stack>
      )}
      <AddCheck opened={search.add === true} onClose={() => add(false)} />
    </Page>
  );
}

function Row(props: { check: Check; selected: boolean; onSelect: (on: boolean) => void }) {
  const t = useText();
  const format = useFormat();
  const { check } = props;
  const may = useMay();
  const { result } = check;
  const outcome = outcomes[result?.outcome ?? CheckOutcome.UNSPECIFIED];
  const rights = [
    check.entryId && (check.entryQuestion || t.checks.goneEntry),
    check.productId && (check.productName || t.checks.goneProduct),
  ].filter(Boolean);
  const expected = rights.length === 0 ? t.checks.nobody : rights.join(t.checks.or);
  const found = result && (result.foundProduct || result.foundQuestion);
  return (
    <li className={gaps.row}>
      {may && (
        <Checkbox
          aria-label={t.checks.select(check.question)}
          checked={props.selected}
          onChange={(event) => props.onSelect(event.currentTarget.checked)}
        />
      )}
      <div className={gaps.text}>
        <Text fw={550}>{check.question}</Text>
        <Text size="sm" c="dimmed">
          {t.checks.expected}: {expected}
        </Text>
        {!passes(check) && (
          <Text size="sm">
            {result && found
              ? t.checks.found(found, format.sureness(result.confidence))
              : t.checks.foundNothing}
          </Text>
        )}
        <Text size="xs" c="dimmed">
          {t.checks.source[sources[check.source]]} · {format.date(check.createdAt)}
        </Text>
      </div>
      <Badge variant="light" color={colors[outcome]} tt="none" className={gaps.note}>
        {t.checks.outcome[outcome]}
      </Badge>
    </li>
  );
}
