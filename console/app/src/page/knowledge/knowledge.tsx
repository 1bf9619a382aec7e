import { Button, Card, Skeleton } from "@mantine/core";
import { useNavigate, useRouter, useRouterState, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useEntries, useExport } from "../../api/knowledge";
import { EntryOrder, Standing, Subject, UsedFilter } from "../../gen/storebot/v1/knowledge_pb";
import { useFormat, useText } from "../../i18n/language";
import { Empty, Failed, FilterEmpty } from "../../part/empty";
import { EntryDrawer } from "../../part/entry";
import { ExportMenu } from "../../part/exporting";
import { Icon } from "../../part/icon";
import { ButtonLink } from "../../part/link";
import { May } from "../../part/may";
import { Page } from "../../part/page";
import { Paging } from "../../part/paging";
import type { KnowledgeSearch } from "../../search";
import { RunningImport } from "../import/running";
import { Filters } from "./filters";
import css from "./knowledge.module.css";
import { EntryList } from "./list";
import { nothing, type Selected, Selection } from "./selection";

const standingNumbers = {
  draft: Standing.DRAFT,
  scheduled: Standing.SCHEDULED,
  live: Standing.LIVE,
  expired: Standing.EXPIRED,
};
const usedNumbers = { never: UsedFilter.NEVER, unhelpful: UsedFilter.UNHELPFUL };
const orderNumbers = { used: EntryOrder.MOST_USED, updated: EntryOrder.LAST_UPDATED };
const noFilter: KnowledgeSearch = {
  q: undefined,
  category: undefined,
  language: undefined,
  standing: undefined,
  used: undefined,
};

export function KnowledgePage() {
  const t = useText();
  const format = useFormat();
  const router = useRouter();
  const navigate = useNavigate({ from: "/knowledge" });
  const search = useSearch({ from: "/inside/knowledge" });
  const trail = useRouterState({ select: (state) => state.location.state.trail ?? [] });
  const wanted = {
    search: search.q ?? "",
    category: search.category ?? "",
    language: search.language ?? "",
    standing: search.standing ? standingNumbers[search.standing] : Standing.UNSPECIFIED,
    used: search.used ? usedNumbers[search.used] : UsedFilter.UNSPECIFIED,
  };
  const order = search.order ? orderNumbers[search.order] : EntryOrder.UNSPECIFIED;
  const entries = useEntries({ ...wanted, order, pageToken: search.token });
  const [selected, setSelected] = useState<Selected>(nothing);
  const filtered = Boolean(search.q || search.category || search.language || search.standing || search.used);
  const found = entries.data;
  const fetchFile = useExport();

  const filter = (change: KnowledgeSearch) => {
    setSelected(nothing);
    navigate({
      search: (before) => ({ ...before, page: undefined, token: undefined, ...change }),
      replace: true,
      resetScroll: false,
    });
  };
  const open = (entry: string | undefined) =>
    navigate({
      search: (before) => ({ ...before, entry, tab: undefined }),
      state: { trail },
      resetScroll: false,
    });
  const turn = (page: number, token: string | undefined, newTrail: string[]) => {
    setSelected(nothing);
    navigate({
      search: (before) => ({ ...before, page: page > 1 ? page : undefined, token }),
      state: { trail: newTrail },
    });
  };
  const page = search.page ?? 1;

  return (
    <Page
      title={t.knowledge.title}
      lead={t.knowledge.lead}
      actions={
        <May>
          <ExportMenu fetchFile={fetchFile} disabled={!found || (found.total === 0 && !filtered)} />
          <ButtonLink to="/knowledge/import" variant="default" leftSection={<Icon name="upload" size={18} />}>
            {t.knowledge.import}
          </ButtonLink>
          <Button leftSection={<Icon name="plus" size={18} />} onClick={() => open("new")}>
            {t.knowledge.add}
          </Button>
        </May>
      }
    >
      <May>
        <RunningImport of={Subject.ENTRIES} />
      </May>
      {entries.isLoadingError ? (
        <Failed error={entries.error} onRetry={entries.refetch} />
      ) : found && found.total === 0 && !filtered ? (
        <Card>
          <Empty icon="knowledge" title={t.knowledge.emptyTitle} body={t.knowledge.emptyBody}>
            <May>
              <ButtonLink to="/knowledge/import" mt="xs">
                {t.knowledge.emptyAction}
              </ButtonLink>
              <Button variant="subtle" onClick={() => open("new")}>
                {t.knowledge.emptySecond}
              </Button>
            </May>
          </Empty>
        </Card>
      ) : (
        <Card padding={0}>
          <Filters search={search} categories={found?.categories ?? []} onChange={filter} />
          <Selection
            selected={selected}
            filter={wanted}
            shown={found?.entries.length ?? 0}
            total={found?.total}
            categories={found?.categories ?? []}
            onChange={setSelected}
          />
          {!found ? (
            <Skeletons />
          ) : found.entries.length === 0 ? (
            <FilterEmpty onClear={() => filter(noFilter)} />
          ) : (
            <EntryList
              entries={found.entries}
              selected={selected.all ? found.entries.map((entry) => entry.id) : selected.ids}
              onSelect={(ids) => setSelected({ ids, all: false })}
              onOpen={open}
              format={format}
            />
          )}
          {found && (
            <Paging
              label={t.knowledge.paging}
              className={css.pages}
              page={page}
              token={search.token}
              next={found.nextPageToken}
              trail={trail}
              waiting={entries.isPlaceholderData}
              onTurn={turn}
            />
          )}
        </Card>
      )}
      <EntryDrawer
        key={search.entry ?? ""}
        opened={search.entry !== undefined}
        entryId={search.entry === "new" ? undefined : search.entry}
        categories={found?.categories ?? []}
        tab={search.tab}
        onTab={(tab) =>
          navigate({
            search: (before) => ({ ...before, tab }),
            state: { trail },
            replace: true,
            resetScroll: false,
          })
        }
        onClose={() => (router.history.canGoBack() ? open(undefined) : filter({ entry: undefined }))}
        onSaved={() => open(undefined)}
      />
    </Page>
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
