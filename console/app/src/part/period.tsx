import { SegmentedControl } from "@mantine/core";
import { useText } from "../i18n/language";
import { type Period, periods } from "../search";

/** PeriodChoice chooses the days that figures are of; what is usual is not written into the address. */
export function PeriodChoice(props: { period: Period; onChange: (period: Period | undefined) => void }) {
  const t = useText();
  return (
    <SegmentedControl
      aria-label={t.home.period}
      value={props.period}
      onChange={(value) => props.onChange(value === "28d" ? undefined : (value as Period))}
      data={periods.map((value) => ({ value, label: t.home.periods[value] }))}
    />
  );
}
