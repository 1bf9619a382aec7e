import type { Duration } from "@bufbuild/protobuf/wkt";
import { Card, Group, Table, Text, Title } from "@mantine/core";
import type { Baseline, WaitBand } from "../../gen/storebot/v1/insight_pb";
import { milliseconds } from "../../i18n/format";
import { useFormat, useText } from "../../i18n/language";
import { Hint } from "../../part/hint";
import { BehindNumber } from "./behind";
import css from "./figures.module.css";

/** Beyond this a factor says nothing more. */
const notable = 1000;

/** Spread is how many shoppers waited how long, as bars that are a table as well. */
export function Spread(props: {
  spread: WaitBand[];
  n: number;
  baseline?: Baseline;
  p50?: Duration;
  asTable: boolean;
}) {
  const t = useText();
  const format = useFormat();
  const most = Math.max(1, ...props.spread.map((band) => band.n));
  const before = props.baseline?.minutesToFirstReply ?? 0;
  const times =
    props.p50 && before > 0 ? (before * 60_000) / Math.max(1, milliseconds(props.p50)) : undefined;
  const end = (ms: number) =>
    ms < 60_000
      ? format.waitMs(ms)
      : ms < 3_600_000
        ? format.minutes(ms / 60_000)
        : format.hours(ms / 3_600_000);
  const name = (band: WaitBand) =>
    band.upTo
      ? t.figures.upTo(end(milliseconds(band.upTo)))
      : t.figures.longerThan(end(band.after ? milliseconds(band.after) : 0));
  return (
    <Card>
      <Group mb={4} wrap="nowrap">
        <Title order={2}>{t.figures.spread}</Title>
        <Hint title={t.figures.spread} hint={t.home.firstWordsHint} />
      </Group>
      <Text size="sm" c="dimmed" mb="md">
        {t.home.nReplies(props.n)}
        {before > 0 && ` · ${t.home.beforeWait(format.work(before))}`}
        {times !== undefined &&
          times >= 2 &&
          ` · ${t.figures.timesFaster(format.number(Math.min(Math.floor(times), notable)))}`}
      </Text>
      <Table verticalSpacing={6} className={css.bars}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w="28%">{t.figures.waited}</Table.Th>
            {!props.asTable && <Table.Th aria-hidden="true" />}
            <Table.Th ta="right" w="24%">
              {t.figures.replies}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {props.spread.map((band) => (
            <Table.Tr key={name(band)}>
              <Table.Th scope="row" fw={400}>
                {name(band)}
              </Table.Th>
              {!props.asTable && (
                <Table.Td aria-hidden="true">
                  <div className={css.bar} style={{ width: `${(band.n / most) * 100}%` }} />
                </Table.Td>
              )}
              <Table.Td ta="right">
                <BehindNumber
                  n={band.n}
                  of={name(band)}
                  behind={{
                    slower: band.after ? milliseconds(band.after) : 0,
                    upto: band.upTo && milliseconds(band.upTo),
                  }}
                >
                  {`${format.number(band.n)} · ${format.percent(band.n / Math.max(1, props.n))}`}
                </BehindNumber>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Card>
  );
}
