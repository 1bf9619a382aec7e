import { Button, Card, Group, MultiSelect, Skeleton, Stack, Table, Text, Title } from "@mantine/core";
import { useEffect, useRef } from "react";
import { type LedgerFilter, type Span, useExportLedger, useLedger } from "../../api/insight";
import { lookUp } from "../../api/problem";
import type { GetReportResponse } from "../../gen/storebot/v1/insight_pb";
import { useFormat, useText } from "../../i18n/language";
import { download } from "../../part/download";
import { Empty, Failed, FilterEmpty } from "../../part/empty";
import { Icon } from "../../part/icon";
import { TextLink } from "../../part/link";
import { May } from "../../part/may";
import { useNotice } from "../../part/notice";
import type { FiguresSearch } from "../../search";
import { Filters, isFiltered, noFilter, toFilter, words } from "./behind";
import css from "./figures.module.css";

/** Ledger lists the conversations behind the figures, and the minutes each counts for. */
export function Ledger(props: {
  report: GetReportResponse;
  span: Span;
  search: FiguresSearch;
  set: (change: FiguresSearch) => void;
}) {
  const t = useText();
  const format = useFormat();
  const notice = useNotice();
  const exporting = useExportLedger();
  const outcomes = words(props.search.outcome);
  const filter = toFilter(props.search);
  const card = useRef<HTMLDivElement>(null);
  // Who comes by a figure's link came for the list, which is below the sums.
  const wanted = useRef(isFiltered(props.search));
  useEffect(() => {
    if (wanted.current) card.current?.scrollIntoView?.({ block: "start" });
  }, []);
  const outcome = (word: string) => lookUp(t.ledger.outcomes, word) ?? word;
  return (
    <Card ref={card} className={css.arrival}>
      <Group justify="space-between" mb={4}>
        <Title order={2}>{t.ledger.title}</Title>
        <May>
          <Button
            variant="default"
            leftSection={<Icon name="download" size={18} />}
            loading={exporting.isPending}
            onClick={() =>
              exporting.mutate(props.span, filter, {
                onSuccess: (file) => download(file.fileName, file.contentType, new Uint8Array(file.content)),
                onError: notice.failed,
              })
            }
          >
            {t.figures.export}
          </Button>
        </May>
      </Group>
      <Text size="sm" c="dimmed" mb="md">
        {t.ledger.lead}
      </Text>
      <MultiSelect
        label={t.figures.filter}
        placeholder={outcomes.length === 0 ? t.figures.allOutcomes : undefined}
        data={props.report.outcomes.map((one) => ({
          value: one.outcome,
          label: `${outcome(one.outcome)} (${format.number(one.n)})`,
        }))}
        value={outcomes}
        onChange={(values) => props.set({ outcome: values.join(",") || undefined })}
        clearable
        clearButtonProps={{ "aria-label": t.act.clearFilters }}
        maw={560}
        mb="md"
      />
      <Filters search={props.search} set={props.set} />
      <Rows
        span={props.span}
        filter={filter}
        filtered={isFiltered(props.search)}
        onClear={() => props.set(noFilter)}
      />
    </Card>
  );
}

/** Rows: on a narrow screen the outcome stands under its question. */
function Rows(props: { span: Span; filter: LedgerFilter; filtered: boolean; onClear: () => void }) {
  const t = useText();
  const format = useFormat();
  const ledger = useLedger(props.span, props.filter);
  if (ledger.isLoadingError) return <Failed error={ledger.error} onRetry={ledger.refetch} />;
  if (!ledger.data) return <Skeleton height={320} />;
  const rows = ledger.data.pages.flatMap((page) => page.rows);
  if (rows.length === 0 && props.filtered) return <FilterEmpty onClear={props.onClear} />;
  if (rows.length === 0) return <Empty icon="chat" title={t.ledger.empty} body={t.home.nothingBody} />;
  const outcome = (word: string) => lookUp(t.ledger.outcomes, word) ?? word;
  return (
    <Stack>
      <Table verticalSpacing="xs" className={css.ledger}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t.ledger.question}</Table.Th>
            <Table.Th visibleFrom="sm">{t.ledger.outcome}</Table.Th>
            <Table.Th ta="right">{t.ledger.minutes}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.conversationId}>
              <Table.Td>
                <TextLink
                  to="/inbox/$conversationId"
                  params={{ conversationId: row.conversationId }}
                  size="sm"
                  fw={550}
                  lineClamp={2}
                >
                  {row.firstQuestion || t.figures.noQuestion}
                </TextLink>
                <Text size="sm" hiddenFrom="sm">
                  {outcome(row.outcome)}
                </Text>
                <Text size="xs" c="dimmed">
                  {format.dateTime(row.startedAt)} · {t.home.questionsAsked(row.questions)}
                </Text>
              </Table.Td>
              <Table.Td visibleFrom="sm">{outcome(row.outcome)}</Table.Td>
              <Table.Td ta="right">
                {[row.minutesLow, row.minutesLikely, row.minutesHigh].map(format.tenths).join(" / ")}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {ledger.hasNextPage && (
        <Button variant="default" loading={ledger.isFetchingNextPage} onClick={() => ledger.fetchNextPage()}>
          {t.act.more}
        </Button>
      )}
    </Stack>
  );
}
