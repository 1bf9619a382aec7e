import { Card, Group, Switch, Tabs, Text, Tooltip } from "@mantine/core";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { InboxView, useTalks } from "../../api/inbox";
import { useLive } from "../../api/live";
import { useFormat, useText } from "../../i18n/language";
import { Empty } from "../../part/empty";
import { Page } from "../../part/page";
import { type View, views } from "../../search";
import css from "./inbox.module.css";
import { listId, talkId, useFollow, useKeys } from "./keys";
import { TalkList } from "./list";
import { useSound } from "./sound";
import { TalkView } from "./talk";

const wire = {
  waiting: InboxView.WAITING,
  mine: InboxView.MINE,
  overdue: InboxView.OVERDUE,
  all: InboxView.ALL,
};

/** InboxPage is where people answer shoppers: the conversations, and beside them the one that the address names. */
export function InboxPage() {
  const t = useText();
  const format = useFormat();
  const navigate = useNavigate();
  const search = useSearch({ from: "/inside/inbox" });
  const view = search.view ?? "waiting";
  const { conversationId: open } = useParams({ strict: false });
  const talks = useTalks(wire[view]);
  const live = useLive();
  const [sound, setSound] = useSound(live.counts);
  const list = talks.data?.pages.flatMap((page) => page.conversations) ?? [];
  const counts = live.counts ?? talks.data?.pages[0]?.counts;
  const shown = { waiting: counts?.waiting, mine: counts?.mine, overdue: counts?.overdue, all: undefined };
  const goTo = (id?: string) =>
    id
      ? navigate({ to: "/inbox/$conversationId", params: { conversationId: id }, search })
      : navigate({ to: "/inbox", search });
  useKeys(list, open, goTo);
  useFollow(open);

  return (
    <Page
      title={t.inbox.title}
      lead={counts && counts.waiting > 0 ? t.inbox.waiting(counts.waiting) : undefined}
      actions={
        <Tooltip label={t.inbox.keys}>
          <div>
            <Switch
              label={t.inbox.sound}
              checked={sound}
              onChange={(event) => setSound(event.currentTarget.checked)}
            />
          </div>
        </Tooltip>
      }
    >
      <div className={css.frame} data-open={open !== undefined}>
        <Card padding={0} className={css.side}>
          <Tabs
            value={view}
            onChange={(value) =>
              navigate({ to: ".", search: { view: value === "waiting" ? undefined : (value as View) } })
            }
          >
            <Tabs.List aria-label={t.inbox.viewsLabel} grow>
              {views.map((one) => (
                <Tabs.Tab key={one} value={one} aria-controls={listId}>
                  <Group gap={6} wrap="nowrap" justify="center">
                    {t.inbox.views[one]}
                    {(shown[one] ?? 0) > 0 && (
                      <Text span size="xs" fw={650} c={one === "overdue" ? "red" : "dimmed"}>
                        {format.number(shown[one] ?? 0)}
                      </Text>
                    )}
                  </Group>
                </Tabs.Tab>
              ))}
            </Tabs.List>
          </Tabs>
          <div id={listId} className={css.scroll} tabIndex={-1}>
            <TalkList view={view} query={talks} list={list} open={open} search={search} />
          </div>
        </Card>
        <div id={talkId} className={css.main} tabIndex={-1}>
          {open ? (
            <TalkView key={open} id={open} onBack={() => goTo()} />
          ) : (
            <Card>
              <Empty icon="chat" title={t.inbox.choose} body={t.inbox.chooseBody} />
            </Card>
          )}
        </div>
      </div>
    </Page>
  );
}
