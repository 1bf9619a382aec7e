import { Alert, Button, Card, Checkbox, Group, Select, Stack, Table, Text } from "@mantine/core";
import { useState } from "react";
import { problemText } from "../../api/problem";
import type { HeaderQuestion } from "../../gen/storebot/v1/knowledge_pb";
import { useText } from "../../i18n/language";
import { Icon } from "../../part/icon";
import css from "./import.module.css";

export type Chosen = {
  question: number;
  answer: number;
  category: number;
  language: number;
  phrasings: number[];
  firstRowIsHeader: boolean;
};

const kinds = ["ignore", "question", "answer", "category", "language", "phrasings"] as const;
type Kind = (typeof kinds)[number];

/** columnsOf turns what was chosen for each column into the contract's numbers; null where a field is missing or taken twice. */
export function columnsOf(choice: Kind[], firstRowIsHeader: boolean): Chosen | "missing" | "twice" {
  const at = (kind: Kind) => choice.flatMap((one, i) => (one === kind ? [i + 1] : []));
  const single = [at("question"), at("answer"), at("category"), at("language")];
  if (single.some((columns) => columns.length > 1)) return "twice";
  const [question = 0, answer = 0, category = 0, language = 0] = single.map((columns) => columns[0] ?? 0);
  if (question === 0 || answer === 0) return "missing";
  return { question, answer, category, language, phrasings: at("phrasings"), firstRowIsHeader };
}

/** ColumnQuestion asks which column is which, over the first rows of the sheet. */
export function ColumnQuestion(props: {
  question: HeaderQuestion;
  busy: boolean;
  error: unknown;
  onChosen: (columns: Chosen) => void;
  onCancel: () => void;
}) {
  const t = useText();
  const rows = props.question.firstRows;
  const width = Math.max(0, ...rows.map((row) => row.cells.length));
  const [choice, setChoice] = useState<Kind[]>(() => Array.from({ length: width }, () => "ignore"));
  const [firstRowIsHeader, setFirstRowIsHeader] = useState(false);
  const [asked, setAsked] = useState(false);
  const columns = columnsOf(choice, firstRowIsHeader);
  const lack = columns === "missing" ? t.import.headerNeeds : columns === "twice" ? t.import.headerTwice : "";

  return (
    <Card>
      <Stack>
        {(props.error || (asked && lack)) && (
          <Alert color="red" variant="light" icon={<Icon name="alert" />} role="alert">
            {lack || problemText(props.error, t)}
          </Alert>
        )}
        <Table.ScrollContainer minWidth={width * 200} type="native" tabIndex={0}>
          <Table withColumnBorders>
            <Table.Thead>
              <Table.Tr>
                {choice.map((kind, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a column is its number
                  <Table.Th key={i} className={css.cell}>
                    <Select
                      aria-label={t.import.column(i + 1)}
                      data={kinds.map((value) => ({ value, label: t.import.fields[value] }))}
                      value={kind}
                      allowDeselect={false}
                      onChange={(value) =>
                        setChoice(choice.map((old, j) => (j === i ? (value as Kind) : old)))
                      }
                    />
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row, r) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a row is its number
                <Table.Tr key={r}>
                  {choice.map((_, i) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a column is its number
                    <Table.Td key={i} className={css.cell}>
                      <Text size="sm" lineClamp={3} c={r === 0 && firstRowIsHeader ? "dimmed" : undefined}>
                        {row.cells[i]}
                      </Text>
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
        <Checkbox
          label={t.import.firstRowIsHeader}
          checked={firstRowIsHeader}
          onChange={(event) => setFirstRowIsHeader(event.currentTarget.checked)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onCancel}>
            {t.act.back}
          </Button>
          <Button
            loading={props.busy}
            onClick={() => {
              setAsked(true);
              if (typeof columns === "object") props.onChosen(columns);
            }}
          >
            {t.import.headerGo}
          </Button>
        </Group>
      </Stack>
    </Card>
  );
}
