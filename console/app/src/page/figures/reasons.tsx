import { Card, Table, Text, Title } from "@mantine/core";
import { lookUp } from "../../api/problem";
import type { HandOvers } from "../../gen/storebot/v1/insight_pb";
import { useFormat, useText } from "../../i18n/language";
import { BehindLink } from "./behind";
import css from "./figures.module.css";

/** Reasons is why conversations were handed over, as bars that are a table as well. */
export function Reasons(props: { handOvers: HandOvers[]; previous: HandOvers[]; asTable: boolean }) {
  const t = useText();
  const format = useFormat();
  const { handOvers, asTable } = props;
  const before = new Map(props.previous.map((one) => [one.reason, one.n]));
  const compared = props.previous.some((one) => one.n > 0);
  const all = handOvers.reduce((sum, one) => sum + one.n, 0);
  const most = Math.max(1, ...handOvers.map((one) => one.n));
  return (
    <Card>
      <Title order={2} mb={4}>
        {t.figures.reasons}
      </Title>
      <Text size="sm" c="dimmed" mb="md">
        {all === 0 ? t.figures.reasonsNone : t.figures.reasonsLead(all)}
      </Text>
      {all > 0 && (
        <Table verticalSpacing={6} className={css.parted}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t.figures.reason}</Table.Th>
              {!asTable && <Table.Th aria-hidden="true" visibleFrom="sm" />}
              <Table.Th ta="right">{t.figures.handOvers}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {handOvers.map((one) => (
              <Table.Tr key={one.reason}>
                <Table.Th scope="row" fw={400}>
                  {lookUp(t.inbox.reason, one.reason) ?? one.reason}
                </Table.Th>
                {!asTable && (
                  <Table.Td aria-hidden="true" visibleFrom="sm" w="36%">
                    {one.n > 0 && <div className={css.bar} style={{ width: `${(one.n / most) * 100}%` }} />}
                  </Table.Td>
                )}
                <Table.Td ta="right">
                  <Text size="sm">
                    {format.number(one.n)} · {format.percent(one.n / all)}
                  </Text>
                  {compared && (one.n > 0 || (before.get(one.reason) ?? 0) > 0) && (
                    <Text size="xs" c="dimmed">
                      {t.figures.previous(format.number(before.get(one.reason) ?? 0))}
                    </Text>
                  )}
                  <BehindLink n={one.conversations} behind={{ reason: one.reason }} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Card>
  );
}
