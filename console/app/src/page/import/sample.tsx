import { Table } from "@mantine/core";
import { useText } from "../../i18n/language";

/** Sample shows the rows of the template as a spreadsheet would: what a sheet looks like is seen before one is made. */
export function Sample({ rows }: { rows: string[][] }) {
  const t = useText();
  const [header = [], ...body] = rows;
  return (
    <Table.ScrollContainer minWidth={header.length * 110} type="native" mt="md" tabIndex={0}>
      <Table withTableBorder withColumnBorders fz="xs" aria-label={t.import.sample}>
        <Table.Thead>
          <Table.Tr>
            {header.map((name) => (
              <Table.Th key={name}>{name}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {body.map((row) => (
            <Table.Tr key={row[0]}>
              {header.map((name, i) => (
                <Table.Td key={name}>{row[i]}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
