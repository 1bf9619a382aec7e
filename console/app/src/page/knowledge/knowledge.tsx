import { Alert, Button, Card, Group, Menu, Skeleton, Text } from "@mantine/core";
import { useNavigate, useRouter, useRouterState, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useDeleteEntries, useEntries, useExport, useImports } from "../../api/knowledge";
import { ImportState } from "../../gen/storebot/v1/knowledge_pb";
import { useFormat, useText } from "../../i18n/language";
import { Confirm } from "../../part/confirm";
import { download } from "../../part/download";
import { Empty, Failed, FilterEmpty } from "../../part/empty";
import { EntryDrawer } from "../../part/entry";
import { Icon } from "../../part/icon";
import { ButtonLink } from "../../part/link";
import { useNotice } from "../../part/notice";
import { Page } from "../../part/page";
import type { KnowledgeSearch } from "../../search";
import { Filters } from "./filters";
import css from "./knowledge.module.css";
import { EntryList } from "./list";

declare module "@tanstack/react-router" {
  interface HistoryState {
    /** Tokens of the pages before this one; only the history entry knows them. */
    trail?: string[];
  }
}

export function KnowledgePage() {
  const t = useText();
  const format = useFormat();
  const router = useRouter();
  const navigate = useNavigate({ from: "/knowledge" });
  const search = useSearch({ from: "/inside/knowledge" });
  const trail = useRouterState({ select: (state) => state.location.state.trail ?? [] });
  const entries = useEntries({
    search: search.q,
    category: search.category,
    language: search.language,
    pageToken: search.token,
  });
  const [selected, setSelected] = useState<string[]>([]);
  const filtered = Boolean(search.q || search.category || search.language);
  const found = entries.data;

  const filter = (change: KnowledgeSearch) => {
    setSelected([]);
    navigate({
      search: (before) => ({ ...before, page: undefined, token: undefined, ...change }),
      replace: true,
      resetScroll: false,
    });
  };
  const open = (entry: string | undefined) =>
    navigate({ search: (before) => ({ ...before, entry }), state: { trail }, resetScroll: false });
  const turn = (page: number, token: string | undefined, newTrail: string[]) => {
    setSelected([]);
    navigate({
      search: (before) => ({ ...before, page: page > 1 ? page : undefined, token }),
      state: { trail: newTrail },
    });
  };
  const page = search.page ?? 1;
  const edited = found?.entries.find((entry) => entry.id === search.entry);

  return (
    <Page
      title={t.knowledge.title}
      lead={t.knowledge.lead}
      actions={
        <>
          <ExportMenu disabled={!found || (found.total === 0 && !filtered)} />
          <ButtonLink to="/knowledge/import" variant="default" leftSection={<Icon name="upload" size={18} />}>
            {t.knowledge.import}
          </ButtonLink>
          <Button leftSection={<Icon name="plus" size={18} />} onClick={() => open("new")}>
            {t.knowledge.add}
          </Button>
        </>
      }
    >
      <RunningImport />
      {entries.isError ? (
        <Failed error={entries.error} onRetry={entries.refetch} />
      ) : found && found.total === 0 && !filtered ? (
        <Card>
          <Empty icon="knowledge" title={t.knowledge.emptyTitle} body={t.knowledge.emptyBody}>
            <ButtonLink to="/knowledge/import" mt="xs">
              {t.knowledge.emptyAction}
            </ButtonLink>
            <Button variant="subtle" onClick={() => open("new")}>
              {t.knowledge.emptySecond}
            </Button>
          </Empty>
        </Card>
      ) : (
        <Card padding={0}>
          <Filters search={search} categories={found?.categories ?? []} onChange={filter} />
          <Selection ids={selected} total={found?.total} onDone={() => setSelected([])} />
          {!found ? (
            <Skeletons />
          ) : found.entries.length === 0 ? (
            <FilterEmpty onClear={() => filter({ q: undefined, category: undefined, language: undefined })} />
          ) : (
            <EntryList
              entries={found.entries}
              selected={selected}
              onSelect={setSelected}
              onOpen={open}
              format={format}
            />
          )}
          {found && (page > 1 || found.nextPageToken) && (
            <Group
              component="nav"
              aria-label={t.knowledge.paging}
              justify="space-between"
              className={css.pages}
            >
              <Button
                variant="default"
                disabled={page === 1}
                leftSection={<Icon name="previous" size={16} />}
                onClick={() =>
                  turn(trail.length ? page - 1 : 1, trail.at(-1) || undefined, trail.slice(0, -1))
                }
              >
                {t.act.previous}
              </Button>
              <Text size="sm" c="dimmed">
                {t.knowledge.page(page)}
              </Text>
              <Button
                variant="default"
                disabled={!found.nextPageToken || entries.isPlaceholderData}
                rightSection={<Icon name="next" size={16} />}
                onClick={() => turn(page + 1, found.nextPageToken, [...trail, search.token ?? ""])}
              >
                {t.act.next}
              </Button>
            </Group>
          )}
        </Card>
      )}
      <EntryDrawer
        key={search.entry ?? ""}
        opened={search.entry === "new" || edited !== undefined}
        entry={edited}
        categories={found?.categories ?? []}
        onClose={() => (router.history.canGoBack() ? open(undefined) : filter({ entry: undefined }))}
        onSaved={() => open(undefined)}
      />
    </Page>
  );
}

/** Selection says how many are selected, and deletes them after a question. */
function Selection({ ids, total, onDone }: { ids: string[]; total?: number; onDone: () => void }) {
  const t = useText();
  const notice = useNotice();
  const [asking, setAsking] = useState(false);
  const deleteEntries = useDeleteEntries();
  return (
    <div className={css.bar}>
      <Text size="sm" c="dimmed" aria-live="polite">
        {ids.length > 0 ? t.knowledge.selected(ids.length) : total !== undefined && t.knowledge.total(total)}
      </Text>
      {ids.length > 0 && (
        <Button
          size="compact-sm"
          variant="light"
          color="red"
          leftSection={<Icon name="trash" size={16} />}
          onClick={() => setAsking(true)}
        >
          {t.act.delete}
        </Button>
      )}
      <Confirm
        opened={asking}
        title={t.knowledge.deleteTitle(ids.length)}
        body={t.knowledge.deleteBody}
        action={t.knowledge.deleteConfirm(ids.length)}
        busy={deleteEntries.isPending}
        onClose={() => setAsking(false)}
        onConfirm={() =>
          deleteEntries.mutate(
            { ids },
            {
              onSuccess: (response) => {
                notice.done(t.knowledge.deleted(response.deleted));
                onDone();
              },
              onError: notice.failed,
              onSettled: () => setAsking(false),
            },
          )
        }
      />
    </div>
  );
}

function ExportMenu({ disabled }: { disabled: boolean }) {
  const t = useText();
  const notice = useNotice();
  const fetchFile = useExport();
  const [busy, setBusy] = useState(false);
  const save = async (kind: "csv" | "xlsx") => {
    setBusy(true);
    try {
      const file = await fetchFile(kind);
      download(file.fileName, file.contentType, file.content as BlobPart);
      notice.done(t.knowledge.exported(file.fileName));
    } catch (error) {
      notice.failed(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          disabled={disabled}
          loading={busy}
          leftSection={<Icon name="download" size={18} />}
        >
          {t.knowledge.export}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => save("csv")}>{t.knowledge.exportCsv}</Menu.Item>
        <Menu.Item onClick={() => save("xlsx")}>{t.knowledge.exportXlsx}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** RunningImport leads back to an import that is going on. */
function RunningImport() {
  const t = useText();
  const running = useImports().data?.imports.find((one) => one.state === ImportState.RUNNING);
  if (!running) return null;
  return (
    <Alert
      variant="light"
      color="pine"
      icon={<Icon name="upload" />}
      title={t.knowledge.importing(running.fileName)}
    >
      <ButtonLink
        to="/knowledge/import/$importId"
        params={{ importId: running.id }}
        size="compact-sm"
        variant="light"
      >
        {t.knowledge.importingAction}
      </ButtonLink>
    </Alert>
  );
}

function Skeletons() {
  return (
    <div className={css.skeletons}>
      {Array.from({ length: 8 }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: these have nothing else to tell them apart
        <Skeleton key={i} height={52} />
      ))}
    </div>
  );
}
