import { Button, Card, List, Select, SimpleGrid, Text, Title } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useStageImport } from "../../api/knowledge";
import { problemOf } from "../../api/problem";
import type { HeaderQuestion } from "../../gen/storebot/v1/knowledge_pb";
import { useText } from "../../i18n/language";
import { download } from "../../part/download";
import { Icon } from "../../part/icon";
import { Page } from "../../part/page";
import { EnterProblem } from "../enter";
import { type Chosen, ColumnQuestion } from "./column";
import { encodings } from "./format";
import { Recent } from "./recent";
import { type Given, Sources } from "./sources";

/** ImportPage takes a sheet, says its limits first, and has the server read it; nothing is stored yet. */
export function ImportPage() {
  const t = useText();
  const navigate = useNavigate();
  const stage = useStageImport();
  const [sheet, setSheet] = useState<Given>();
  const [question, setQuestion] = useState<HeaderQuestion>();
  const [encoding, setEncoding] = useState("");
  const [pasted, setPasted] = useState("");

  const send = (next: Given, columns?: Chosen, enc = encoding) => {
    setSheet(next);
    stage.mutate(
      { fileName: next.name, content: next.content, columns, encoding: enc },
      {
        onSuccess: ({ outcome }) => {
          if (outcome.case === "import")
            navigate({ to: "/knowledge/import/$importId", params: { importId: outcome.value.id } });
          if (outcome.case === "headerQuestion") setQuestion(outcome.value);
        },
      },
    );
  };
  const start = (next: Given) => {
    setQuestion(undefined);
    setEncoding("");
    send(next, undefined, "");
  };

  if (question && sheet)
    return (
      <Page title={t.import.headerTitle} lead={t.import.headerBody}>
        <ColumnQuestion
          question={question}
          busy={stage.isPending}
          error={stage.error}
          onChosen={(columns) => send(sheet, columns)}
          onCancel={() => {
            setQuestion(undefined);
            stage.reset();
          }}
        />
      </Page>
    );

  const unread = problemOf(stage.error)?.reason === "unknown_encoding";
  return (
    <Page title={t.import.title} lead={t.import.lead}>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Card>
          <Title order={2} mb="xs">
            {t.import.template}
          </Title>
          <Text size="sm">{t.import.templateBody}</Text>
          <Button
            variant="light"
            w="fit-content"
            mt="md"
            leftSection={<Icon name="download" size={18} />}
            onClick={() => downloadTemplate(t.import.templateRows)}
          >
            {t.import.templateCsv}
          </Button>
        </Card>
        <Card>
          <Title order={2} mb="xs">
            {t.import.limits}
          </Title>
          <List size="sm" spacing={4}>
            {t.import.limitsList.map((line) => (
              <List.Item key={line}>{line}</List.Item>
            ))}
          </List>
        </Card>
      </SimpleGrid>
      <Card>
        <Sources
          reading={stage.isPending ? (sheet?.name ?? "") : undefined}
          pasted={pasted}
          onPasted={setPasted}
          onSheet={start}
        >
          <EnterProblem error={stage.error} />
          {unread && sheet && (
            <Select
              label={t.import.encoding}
              placeholder={t.import.encodingAuto}
              data={Object.entries(encodings).map(([value, label]) => ({ value, label }))}
              value={encoding || null}
              onChange={(value) => {
                setEncoding(value ?? "");
                if (value) send(sheet, undefined, value);
              }}
              maw={280}
            />
          )}
        </Sources>
      </Card>
      <Recent />
    </Page>
  );
}

/** downloadTemplate makes a CSV that Excel opens with the right characters: hence the mark at its start. */
function downloadTemplate(words: {
  question: string;
  answer: string;
  category: string;
  phrasings: string;
  rows: string[][];
}) {
  const rows = [[words.question, words.answer, words.category, words.phrasings], ...words.rows];
  const quoted = rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(","));
  download("faq.csv", "text/csv;charset=utf-8", `\uFEFF${quoted.join("\r\n")}\r\n`);
}
