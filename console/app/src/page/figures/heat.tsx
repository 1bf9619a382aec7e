import { ScrollArea } from "@mantine/core";
import { useEffect, useRef } from "react";
import type { StaffingHour } from "../../gen/storebot/v1/insight_pb";
import { useFormat, useText } from "../../i18n/language";
import type { BehindSearch } from "../../search";
import { BehindNumber, hourOfWeek } from "./behind";
import css from "./figures.module.css";

const days = [1, 2, 3, 4, 5, 6, 7];
const hours = Array.from({ length: 24 }, (_, hour) => hour);

/**
 * Heat is the week by hour: a table whose cells are the darker the more there is, with the numbers in them; each
 * opens what began in its hour, of the outcomes that it counts.
 * Where not all hours have room, those from `start` on are in sight.
 */
export function Heat(props: {
  hours: StaffingHour[];
  name: string;
  start: number;
  value: (one: StaffingHour) => number;
  outcome: BehindSearch["outcome"];
}) {
  const t = useText();
  const format = useFormat();
  const byHour = new Map(props.hours.map((one) => [one.weekday * 24 + one.hour, props.value(one)]));
  const most = Math.max(...byHour.values(), 0);
  const level = (value: number) => (value === 0 ? 0 : Math.max(1, Math.ceil((value / most) * 3)));
  const viewport = useRef<HTMLDivElement>(null);
  const { start } = props;
  useEffect(() => {
    const [weekday, ...columns] = viewport.current?.querySelectorAll<HTMLElement>("thead th") ?? [];
    if (!viewport.current || !weekday) return;
    viewport.current.scrollLeft = (columns[start]?.offsetLeft ?? 0) - weekday.offsetWidth;
  }, [start]);
  return (
    <ScrollArea
      type="auto"
      viewportRef={viewport}
      offsetScrollbars
      viewportProps={{ tabIndex: 0, role: "region", "aria-label": props.name }}
    >
      <table className={css.heat}>
        <thead>
          <tr>
            <th scope="col">{t.figures.weekday}</th>
            {hours.map((hour) => (
              <th key={hour} scope="col">
                {hour}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.map((day) => (
            <tr key={day}>
              <th scope="row">{format.weekday(day)}</th>
              {hours.map((hour) => {
                const value = byHour.get(day * 24 + hour) ?? 0;
                return (
                  <td key={hour} data-level={level(value)}>
                    {value > 0 && (
                      <BehindNumber
                        n={value}
                        of={`${format.weekday(day)} ${format.hour(hour)}`}
                        behind={{ ...hourOfWeek({ weekday: day, hour }), outcome: props.outcome }}
                        className={css.cell}
                      >
                        {format.compact(value)}
                      </BehindNumber>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
}
