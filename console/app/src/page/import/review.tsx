import { Alert, Button, Card, Group, Progress, Radio, Skeleton, Stack, Text } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { useUndoChange } from "../../api/entry";
import { useSetImport } from "../../api/imports";
import { useCommitImport, useImport, useImportProgress } from "../../api/knowledge";
import { useImportPreview } from "../../api/learning";
import { type Import, ImportState, OnChange } from "../../gen/storebot/v1/knowledge_pb";
import type { Catalogue } from "../../i18n/catalogue";
import { useFormat, useText } from "../../i18n/language";
import { Failed } from "../../part/empty";
import { Icon } from "../../part/icon";
import { ButtonLink } from "../../part/link";
import { useNotice } from "../../part/notice";
import { Page } from "../../part/page";
import { Counts } from "./count";
import { Foreseen } from "./foreseen";
import { formatWords } from "./format";
import css from "./import.module.css";
import { kindOf, ways } from "./kind";
import { InvalidRows, Problems } from "./problems";
import { Rows } from "./row";
import { Came } from "./tally";
import { Undoing } from "./undoing";

/** ImportReviewPage shows one import in whatever state the server has it: to check, running, or ended. */
export function ImportReviewPage() {
  const t = useText();
  const { importId = "" } = useParams({ strict: false });
  const found = useImport(importId);
  const one = found.data?.import;
  const { waiting } = useImportProgress(importId, one?.state === ImportState.RUNNING);

  if (found.isLoadingError)
    return (
      <Page title={t.import.title}>
        <Failed error={found.error} onRetry={found.refetch} />
      </Page>
    );
  if (!one)
    return (
      <Page title={t.import.reviewTitle}>
        <Skeleton height={96} />
        <Skeleton height={360} />
      </Page>
    );
  switch (one.state) {
    case ImportState.RUNNING:
      return <Running one={one} waiting={waiting} />;
    case ImportState.DONE:
      return <Done one={one} />;
    case ImportState.FAILED:
      return <Stopped one={one} />;
    default:
      return <Review one={one} />;
  }
}

function about(one: Import, rows: string, t: Catalogue): string {
  return [one.fileName, ...formatWords(one.format, t), rows].filter((word) => word !== "").join(" · ");
}

function Review({ one }: { one: Import }) {
  const t = useText();
  const format = useFormat();
  const notice = useNotice();
  const commit = useCommitImport();
  const settings = useSetImport();
  const kind = kindOf(one);
  const words = kind.words(t);
  // What was just chosen, until the server has checked the rows with it.
  const onChange = (settings.isPending && settings.variables.onChange) || one.onChange;
  // Rows that were chosen for one by one do not follow the choice for all.
  const taken =
    onChange === OnChange.SKIP ? one.chosenOverwrite + one.chosenAdd : one.changedRows - one.chosenSkip;
  const rows = one.readyRows + taken;
  return (
    <Page title={t.import.reviewTitle} lead={about(one, t.import.rows(one.totalRows), t)}>
      <Counts one={one} />
      {one.changedRows > 0 && (
        <Card>
          <Radio.Group
            label={words.onChange(one.changedRows)}
            value={String(onChange)}
            onChange={(value) =>
              settings.mutate({ importId: one.id, onChange: Number(value) }, { onError: notice.failed })
            }
          >
            <Group mt="sm" gap="lg">
              {ways(kind, t).map(({ value, label }) => (
                <Radio key={value} value={String(value)} label={label} />
              ))}
            </Group>
          </Radio.Group>
          {one.kept.length > 0 && (
            <Text size="sm" c="dimmed" mt="sm">
              {t.import.kept(format.list(one.kept.map((part) => t.import.parts[part] ?? part)))}
            </Text>
          )}
        </Card>
      )}
      {kind.About && <kind.About one={one} />}
      <Problems one={one} />
      {rows > 0 && <ForeseenImport importId={one.id} onChange={onChange} />}
      <Rows one={one} />
      <div className={css.foot}>
        <Text size="sm" c="dimmed">
          {rows === 0 ? t.import.nothingBody : one.invalidRows > 0 && t.import.invalidLeft(one.invalidRows)}
        </Text>
        <Group gap="xs">
          <ButtonLink to={kind.source} variant="default">
            {t.import.another}
          </ButtonLink>
          <Button
            disabled={rows === 0}
            loading={commit.isPending}
            onClick={() => commit.mutate({ importId: one.id, onChange }, { onError: notice.failed })}
          >
            {rows === 0 ? t.import.nothing : words.go(rows)}
          </Button>
        </Group>
      </div>
    </Page>
  );
}

function ForeseenImport(props: { importId: string; onChange: OnChange }) {
  return <Foreseen {...useImportPreview(props.importId, props.onChange)} />;
}

function Running({ one, waiting }: { one: Import; waiting: boolean }) {
  const t = useText();
  const format = useFormat();
  const all = Math.max(1, one.totalRows);
  const share = Math.min(1, one.doneRows / all);
  return (
    <Page title={t.import.runningTitle} lead={one.fileName} narrow>
      <Card>
        <Group justify="space-between" mb="xs">
          <Text fw={550}>{t.import.progress(one.doneRows, one.totalRows)}</Text>
          <Text fw={550}>{format.percent(share)}</Text>
        </Group>
        <Progress value={share * 100} size="lg" animated aria-label={t.import.runningTitle} />
        <Text size="sm" c="dimmed" mt="md" role="status">
          {waiting ? t.import.waiting : t.import.runningBody}
        </Text>
      </Card>
    </Page>
  );
}

function Done({ one }: { one: Import }) {
  const t = useText();
  const format = useFormat();
  const kind = kindOf(one);
  return (
    <Page title={t.import.doneTitle} lead={about(one, format.dateTime(one.finishedAt), t)} narrow>
      <Came
        counts={[
          [t.import.created, one.createdRows],
          [t.import.updated, one.updatedRows],
          [t.import.skipped, one.skippedRows],
        ]}
      />
      {one.invalidRows > 0 && (
        <Stack gap="sm">
          <Group gap="sm">
            <Text size="sm">{t.import.invalidLeft(one.invalidRows)}</Text>
            <InvalidRows one={one} />
          </Group>
          <Rows one={one} only="invalid" />
        </Stack>
      )}
      <Undo one={one} />
      <Group gap="xs">
        <ButtonLink to="/try" leftSection={<Icon name="chat" size={18} />}>
          {t.import.toTry}
        </ButtonLink>
        <ButtonLink to={kind.home} variant="default">
          {kind.words(t).see}
        </ButtonLink>
      </Group>
    </Page>
  );
}

function Undo({ one }: { one: Import }) {
  const t = useText();
  const notice = useNotice();
  const undo = useUndoChange();
  const words = kindOf(one).words(t);
  return (
    <Undoing
      undoneAt={one.undoneAt}
      undoUntil={one.undoUntil}
      undone={words.undoneBody(one.removedRows, one.restoredRows, one.keptRows)}
      body={words.undoBody(one.createdRows, one.updatedRows)}
      busy={undo.isPending}
      onUndo={() => undo.mutateAsync({ changeId: one.id }).catch(notice.failed)}
    />
  );
}

function Stopped({ one }: { one: Import }) {
  const t = useText();
  const notice = useNotice();
  const commit = useCommitImport();
  return (
    <Page title={t.import.failedTitle} lead={one.fileName} narrow>
      <Alert color="red" variant="light" icon={<Icon name="alert" />} title={t.import.failedTitle}>
        <Text size="sm">{t.import.stopped}</Text>
        <Text size="sm" mt={4}>
          {t.import.progress(one.doneRows, one.totalRows)}
        </Text>
      </Alert>
      <Undo one={one} />
      <Group gap="xs">
        <Button
          loading={commit.isPending}
          onClick={() =>
            commit.mutate({ importId: one.id, onChange: one.onChange }, { onError: notice.failed })
          }
        >
          {t.import.goOn}
        </Button>
        <ButtonLink to={kindOf(one).source} variant="default">
          {t.import.another}
        </ButtonLink>
      </Group>
    </Page>
  );
}
