import { Table } from "@mantine/core";
import type { StaffingHour } from "../../gen/storebot/v1/insight_pb";
import { useFormat, useText } from "../../i18n/language";
import { aboutTheShop, BehindNumber, forStaff, hourOfWeek, withoutStaff } from "./behind";
import css from "./figures.module.css";

/** HourTable is the hours of the week in which somebody asked, in rows: how many in all weeks together, and the people they need. */
export function HourTable(props: { hours: StaffingHour[]; name: string }) {
  const t = useText();
  const format = useFormat();
  return (
    <Table.ScrollContainer
      minWidth={560}
      maxHeight={480}
      type="native"
      tabIndex={0}
      role="region"
      aria-label={props.name}
    >
      <Table stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t.figures.weekday}</Table.Th>
            <Table.Th>{t.figures.hour}</Table.Th>
            <Table.Th ta="right">{t.home.conversations}</Table.Th>
            <Table.Th ta="right">{t.home.staffless}</Table.Th>
            <Table.Th ta="right">{t.figures.measures.rest}</Table.Th>
            <Table.Th ta="right">{t.figures.measures.staff}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody className={css.numbers}>
          {props.hours.map((one) => {
            const number = (n: number, outcome: string) => (
              <BehindNumber
                n={n}
                of={`${format.weekday(one.weekday)} ${format.hour(one.hour)}`}
                behind={{ ...hourOfWeek(one), outcome }}
              >
                {format.number(n)}
              </BehindNumber>
            );
            return (
              <Table.Tr key={`${one.weekday} ${one.hour}`}>
                <Table.Td>{format.weekday(one.weekday)}</Table.Td>
                <Table.Td>{format.hour(one.hour)}</Table.Td>
                <Table.Td ta="right">{number(one.conversations, aboutTheShop)}</Table.Td>
                <Table.Td ta="right">{number(one.byBot, withoutStaff)}</Table.Td>
                <Table.Td ta="right">{number(one.forStaff, forStaff)}</Table.Td>
                <Table.Td ta="right">{format.number(one.staff)}</Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
