import { Alert, Button, Card, List, Select, SimpleGrid, Text, Title } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useStageImport } from "../../api/knowledge";
import { problemOf } from "../../api/problem";
import type { HeaderQuestion } from "../../gen/storebot/v1/knowledge_pb";
import { useFormat, useText } from "../../i18n/language";
import { download } from "../../part/download";
import { Empty } from "../../part/empty";
import { Icon } from "../../part/icon";
import { useMay } from "../../part/may";
import { Page } from "../../part/page";
import { EnterProblem } from "../enter";
import { headerProblem } from "../products/header";
import { type Chosen, ColumnQuestion } from "./column";
import { encodings } from "./format";
import { type Kind, kindOf, kinds } from "./kind";
import { Recent } from "./recent";
import { Sample } from "./sample";
import { type Given, Sources } from "./sources";

export const ImportPage = () => <Source kind={kinds.entries} />;
export const ProductImportPage = () => <Source kind={kinds.products} />;

/** Source takes a sheet, says its limits first, and has the server read it; nothing is stored yet. */
function Source({ kind }: { kind: Kind }) {
  const t = useText();
  const format = useFormat();
  const words = kind.words(t);
  const navigate = useNavigate();
  const stage = useStageImport();
  const [sheet, setSheet] = useState<Given>();
  const [question, setQuestion] = useState<HeaderQuestion>();
  const [encoding, setEncoding] = useState("");
  const [pasted, setPasted] = useState("");
  const may = useMay();

  const send = (next: Given, columns?: Chosen, enc = encoding) => {
    setSheet(next);
    stage.mutate(
      { fileName: next.name, content: next.content, columns, encoding: enc, subject: kind.reads },
      {
        onSuccess: ({ outcome }) => {
          if (outcome.case === "import")
            navigate({ to: kindOf(outcome.value).review, params: { importId: outcome.value.id } });
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

  if (!may)
    return (
      <Page title={words.title}>
        <Empty icon="lock" title={t.people.notYours} body={t.people.notYoursBody} />
      </Page>
    );

  const lacking = headerProblem(stage.error, t, format);
  const unread = problemOf(stage.error)?.reason === "unknown_encoding";
  return (
    <Page title={words.title} lead={t.import.lead}>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Card>
          <Title order={2} mb="xs">
            {t.import.template}
          </Title>
          <Text size="sm">{words.templateBody}</Text>
          <Sample rows={kind.template(t).rows} />
          <Button
            variant="light"
            w="fit-content"
            mt="md"
            leftSection={<Icon name="download" size={18} />}
            onClick={() => downloadTemplate(kind.template(t))}
          >
            {t.import.templateCsv}
          </Button>
        </Card>
        <Card>
          <Title order={2} mb="xs">
            {t.import.limits}
          </Title>
          <List size="sm" spacing={4}>
            {words.limitsList.map((line) => (
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
          <EnterProblem error={lacking ? undefined : stage.error} />
          {lacking && (
            <Alert color="red" variant="light" icon={<Icon name="alert" />} role="alert">
              {lacking}
            </Alert>
          )}
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
      <Recent kind={kind} />
    </Page>
  );
}

/** downloadTemplate makes a CSV that Excel opens with the right characters: hence the mark at its start. */
function downloadTemplate({ name, rows }: { name: string; rows: string[][] }) {
  const quoted = rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(","));
  download(name, "text/csv;charset=utf-8", `\uFEFF${quoted.join("\r\n")}\r\n`);
}
