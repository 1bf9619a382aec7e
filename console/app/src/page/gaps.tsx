import { Button, Card, Group, Skeleton, Text } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEntries } from "../api/knowledge";
import { useDismissGap, useGaps } from "../api/learning";
import { useFormat, useText } from "../i18n/language";
import { Empty, Failed } from "../part/empty";
import { EntryDrawer } from "../part/entry";
import { useNotice } from "../part/notice";
import { Page } from "../part/page";
import css from "./gaps.module.css";

/** GapsPage lists what shoppers asked and the knowledge does not answer yet. */
export function GapsPage() {
  const t = useText();
  const format = useFormat();
  const notice = useNotice();
  const navigate = useNavigate({ from: "/gaps" });
  const search = useSearch({ from: "/inside/gaps" });
  const gaps = useGaps();
  const categories = useEntries({}, 1).data?.categories ?? [];
  const dismiss = useDismissGap();
  const write = (gap: string | undefined) => navigate({ search: { gap }, resetScroll: false });
  const list = gaps.data?.gaps;
  const total = gaps.data?.total ?? 0;
  const writing = list?.find((gap) => gap.id === search.gap);

  return (
    <Page title={t.gaps.title} lead={t.gaps.lead} narrow>
      {gaps.isError ? (
        <Failed error={gaps.error} onRetry={gaps.refetch} />
      ) : !list ? (
        <Card className={css.loading}>
          <Skeleton height={56} />
          <Skeleton height={56} />
          <Skeleton height={56} />
        </Card>
      ) : list.length === 0 ? (
        <Card>
          <Empty icon="check" title={t.gaps.emptyTitle} body={t.gaps.emptyBody} />
        </Card>
      ) : (
        <Card padding={0}>
          <Text size="sm" c="dimmed" className={css.count}>
            {t.gaps.total(total)}
            {total > list.length && ` · ${t.gaps.shown(list.length, total)}`}
          </Text>
          <ul className={css.list} aria-label={t.gaps.list}>
            {list.map((gap) => (
              <li key={gap.id} className={css.row}>
                <div className={css.text}>
                  <Text fw={550} lang={gap.language || undefined}>
                    {gap.question}
                  </Text>
                  <Text size="sm" c="dimmed" title={format.dateTime(gap.createdAt)}>
                    {t.gaps.asked(format.ago(gap.createdAt))}
                  </Text>
                </div>
                <Group gap="xs">
                  <Button size="sm" variant="light" onClick={() => write(gap.id)}>
                    {t.gaps.write}
                  </Button>
                  <Button
                    size="sm"
                    variant="subtle"
                    color="gray"
                    title={t.gaps.dismissHint}
                    loading={dismiss.isPending && dismiss.variables?.id === gap.id}
                    onClick={() =>
                      dismiss.mutate(
                        { id: gap.id },
                        { onSuccess: () => notice.done(t.gaps.dismissed), onError: notice.failed },
                      )
                    }
                  >
                    {t.gaps.dismiss}
                  </Button>
                </Group>
              </li>
            ))}
          </ul>
        </Card>
      )}
      <EntryDrawer
        key={search.gap ?? ""}
        opened={writing !== undefined}
        question={writing?.question}
        language={writing?.language}
        categories={categories}
        onClose={() => write(undefined)}
        onSaved={() => {
          // Its question is answered now, so it is no gap any more.
          if (writing) dismiss.mutate({ id: writing.id }, { onError: notice.failed });
          write(undefined);
        }}
      />
    </Page>
  );
}
