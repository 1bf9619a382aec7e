import { Badge, Button, Card, Checkbox, Group, SegmentedControl, Skeleton, Text } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useCoverage, useDismissGap, useGaps, useMergeGaps, useRestoreGap } from "../../api/learning";
import { type Gap, GapState } from "../../gen/storebot/v1/learning_pb";
import { useFormat, useText } from "../../i18n/language";
import { ClearFilters, Empty, Failed } from "../../part/empty";
import { ButtonLink } from "../../part/link";
import { May, useMay } from "../../part/may";
import { useNotice } from "../../part/notice";
import { Page } from "../../part/page";
import { Coverage } from "./coverage";
import { GapDrawer } from "./gap";
import css from "./gaps.module.css";

/** GapsPage lists what shoppers asked and the knowledge does not answer yet, most asked for first. */
export function GapsPage() {
  const t = useText();
  const notice = useNotice();
  const navigate = useNavigate({ from: "/gaps" });
  const search = useSearch({ from: "/inside/gaps" });
  const dismissed = search.show === "dismissed";
  const gaps = useGaps(100, false, dismissed ? GapState.DISMISSED : GapState.OPEN);
  const merge = useMergeGaps();
  const [selected, setSelected] = useState<string[]>([]);
  const open = (gap: string | undefined) => navigate({ search: { ...search, gap }, resetScroll: false });
  const list = gaps.data?.gaps;
  const total = gaps.data?.total ?? 0;
  const chosen = list?.filter((gap) => selected.includes(gap.id)) ?? [];

  const mergeChosen = () => {
    const [into, ...rest] = chosen.map((gap) => gap.id);
    merge.mutate(
      { intoId: into, ids: rest },
      {
        onSuccess: () => {
          setSelected([]);
          notice.done(t.gaps.merged);
        },
        onError: notice.failed,
      },
    );
  };

  return (
    <Page title={t.gaps.title} lead={t.gaps.lead} narrow>
      <Coverage gaps={dismissed ? undefined : total} />
      <Group justify="space-between" mih={36}>
        <SegmentedControl
          aria-label={t.gaps.show}
          value={dismissed ? "dismissed" : "open"}
          onChange={(value) => {
            setSelected([]);
            navigate({ search: { show: value === "dismissed" ? value : undefined } });
          }}
          data={[
            { value: "open", label: t.gaps.open },
            { value: "dismissed", label: t.gaps.dismissedOnes },
          ]}
        />
        {chosen.length > 1 && (
          <May>
            <Button variant="default" loading={merge.isPending} onClick={mergeChosen}>
              {t.gaps.merge(chosen.length)}
            </Button>
          </May>
        )}
      </Group>
      {gaps.isLoadingError ? (
        <Failed error={gaps.error} onRetry={gaps.refetch} />
      ) : !list || gaps.isPlaceholderData ? (
        <Card className={css.loading}>
          <Skeleton height={64} />
          <Skeleton height={64} />
          <Skeleton height={64} />
        </Card>
      ) : list.length === 0 ? (
        <Card>
          {dismissed ? (
            <Empty icon="gap" title={t.gaps.noneDismissedTitle} body={t.gaps.noneDismissedBody}>
              <ClearFilters onClear={() => navigate({ search: {} })} />
            </Empty>
          ) : (
            <Clear />
          )}
        </Card>
      ) : (
        <Card padding={0}>
          {(!dismissed || total > list.length) && (
            <Text size="sm" c="dimmed" className={css.count}>
              {!dismissed && t.gaps.total(total)}
              {total > list.length && ` ${t.gaps.shown(list.length, total)}`}
            </Text>
          )}
          <ul className={css.list} aria-label={t.gaps.list}>
            {list.map((gap) => (
              <Row
                key={gap.id}
                gap={gap}
                dismissed={dismissed}
                selected={selected.includes(gap.id)}
                onSelect={(on) =>
                  setSelected((all) => (on ? [...all, gap.id] : all.filter((id) => id !== gap.id)))
                }
                onOpen={() => open(gap.id)}
              />
            ))}
          </ul>
        </Card>
      )}
      <GapDrawer id={search.gap} onClose={() => open(undefined)} />
    </Page>
  );
}

/** Clear stands where no gap is open: nobody has asked anything yet, or all is answered. */
function Clear() {
  const t = useText();
  const coverage = useCoverage().data;
  if (coverage?.questions !== 0)
    return <Empty icon="check" title={t.gaps.emptyTitle} body={t.gaps.emptyBody} />;
  return (
    <Empty icon="gap" title={t.gaps.nothingTitle} body={t.gaps.nothingBody}>
      <May>
        <ButtonLink to="/install" variant="light" mt="xs">
          {t.inbox.toInstall}
        </ButtonLink>
      </May>
    </Empty>
  );
}

function Row(props: {
  gap: Gap;
  dismissed: boolean;
  selected: boolean;
  onSelect: (on: boolean) => void;
  onOpen: () => void;
}) {
  const t = useText();
  const format = useFormat();
  const notice = useNotice();
  const dismiss = useDismissGap();
  const restore = useRestoreGap();
  const { gap } = props;
  const move = props.dismissed ? restore : dismiss;
  const may = useMay();
  return (
    <li className={css.row}>
      {may && !props.dismissed && (
        <Checkbox
          aria-label={t.gaps.select(gap.question)}
          checked={props.selected}
          onChange={(event) => props.onSelect(event.currentTarget.checked)}
        />
      )}
      <div className={css.text}>
        <Text fw={550} lang={gap.language || undefined}>
          {gap.question}
        </Text>
        <Text size="sm" c="dimmed" title={format.dateTime(gap.lastAskedAt)}>
          {t.gaps.demand(gap.conversations, format.ago(gap.lastAskedAt))}
        </Text>
        {(gap.notHelpful > 0 || gap.notTakenUp > 0 || gap.entryId !== "") && (
          <Group gap={6} mt={4}>
            {gap.notHelpful > 0 && <Note text={t.gaps.notHelpful(gap.notHelpful)} />}
            {gap.notTakenUp > 0 && <Note text={t.gaps.notTakenUp(gap.notTakenUp)} />}
            {gap.entryId !== "" && <Note text={t.gaps.answeredBefore} />}
          </Group>
        )}
      </div>
      <Group gap="xs">
        {!props.dismissed && (
          <Button size="sm" variant="light" onClick={props.onOpen}>
            {may ? t.gaps.write : t.gaps.one.asked}
          </Button>
        )}
        <May>
          <Button
            size="sm"
            variant="subtle"
            color="gray"
            title={props.dismissed ? undefined : t.gaps.dismissHint}
            loading={move.isPending}
            onClick={() =>
              notice.outcome<unknown>(move.mutateAsync({ id: gap.id }), () =>
                props.dismissed ? t.gaps.restored : t.gaps.dismissed,
              )
            }
          >
            {props.dismissed ? t.gaps.restore : t.gaps.dismiss}
          </Button>
        </May>
      </Group>
    </li>
  );
}

function Note({ text }: { text: string }) {
  return (
    <Badge variant="light" color="gray" tt="none" className={css.note}>
      {text}
    </Badge>
  );
}
