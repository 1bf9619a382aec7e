import "@mantine/charts/styles.css";
// The legend is made of these.
import "@mantine/core/styles/ColorSwatch.css";
import { BarChart, LineChart } from "@mantine/charts";
import { Stack, Title } from "@mantine/core";
import type { Day } from "../../gen/storebot/v1/insight_pb";
import { milliseconds } from "../../i18n/format";
import { useFormat, useText } from "../../i18n/language";
import css from "./figures.module.css";

// What is hidden from screen readers must not take the focus.
const hidden = { accessibilityLayer: false };

/** Charts draws the days; the table beside it says the same to those who cannot see it. */
export default function Charts({ days }: { days: Day[] }) {
  const t = useText();
  const format = useFormat();
  const data = days.map((day) => ({
    day: format.shortDay(day.date),
    staffless: day.answeredWithoutStaff,
    others: Math.max(0, day.conversations - day.answeredWithoutStaff),
    replies: day.replies,
    conversations: day.conversations,
    p50: day.firstWordsP50 ? milliseconds(day.firstWordsP50) : null,
    p95: day.firstWordsP95 ? milliseconds(day.firstWordsP95) : null,
    p99: day.firstWordsP99 ? milliseconds(day.firstWordsP99) : null,
  }));
  // Out of how many a day's values are, beside the day.
  const counted = (said: (day: (typeof data)[number]) => string) => ({
    labelFormatter: (label: unknown, [bar]: readonly { payload?: (typeof data)[number] }[]) =>
      bar?.payload ? `${label} · ${said(bar.payload)}` : String(label),
  });
  const axes = { tickLine: "none", gridAxis: "x", withLegend: true, dataKey: "day", data } as const;
  return (
    <Stack gap="xl" aria-hidden="true">
      <div>
        <Title order={3} fw={500} mb="xs">
          {t.home.chartConversations}
        </Title>
        <BarChart
          {...axes}
          className={css.chart}
          barChartProps={hidden}
          type="stacked"
          maxBarWidth={28}
          tooltipProps={counted((day) => t.home.conversationsBegun(day.conversations))}
          valueFormatter={format.number}
          yAxisProps={{ allowDecimals: false }} // there is no half conversation
          series={[
            { name: "staffless", label: t.home.staffless, color: "pine.6" },
            { name: "others", label: t.home.others, color: "gray.4" },
          ]}
        />
      </div>
      <div>
        <Title order={3} fw={500} mb="xs">
          {t.home.chartWaits}
        </Title>
        <LineChart
          {...axes}
          className={css.chart}
          lineChartProps={hidden}
          curveType="monotone"
          connectNulls={false}
          withDots={days.length < 15}
          tooltipProps={counted((day) => t.home.nReplies(day.replies))}
          valueFormatter={format.waitMs}
          // Whole milliseconds: what lies between them would be written alike.
          yAxisProps={{
            width: 72,
            allowDecimals: false,
            tickFormatter: (ms: number) => (ms === 0 ? format.number(0) : format.waitMs(ms)),
          }}
          series={[
            { name: "p50", label: t.home.p50, color: "pine.6" },
            { name: "p95", label: t.home.p95, color: "amber.5" },
            { name: "p99", label: t.home.p99, color: "gray.5" },
          ]}
        />
      </div>
    </Stack>
  );
}
