import { Code } from "@connectrpc/connect";
import { cleanup, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { ConversationState } from "../gen/storebot/v1/shopper_pb";
import { en } from "../i18n/en";
import { me, openConsole, problem, type Services } from "../test/console";

/** Where a list stands, what fills it, what says that there is nothing, and what is one of its rows. */
type List = {
  name: string;
  path: string;
  /** The services, with the one call that fills the list answered by `reply`. */
  serve: (reply: (request: object) => object) => Services;
  /** Without it, a list that holds something in any shop. */
  nothing?: string;
  rows: object;
  row: string;
};

const report = { conversations: 3, minutesPerConversation: 6, outcomes: [{ outcome: "confirmed", n: 3 }] };
const insight = { getReport: () => report, getBaseline: () => ({}) };

const lists: List[] = [
  {
    name: "knowledge",
    path: "/knowledge",
    serve: (listEntries) => ({ knowledge: { listEntries, listImports: () => ({}) } }),
    nothing: en.knowledge.emptyTitle,
    rows: { entries: [{ id: "e1", question: "How long?" }], total: 1 },
    row: "How long?",
  },
  {
    name: "imports",
    path: "/knowledge/import",
    serve: (listImports) => ({ knowledge: { listImports } }),
    rows: { imports: [{ id: "i1", fileName: "tea.csv" }] },
    row: "tea.csv",
  },
  {
    name: "imports of products",
    path: "/products/import",
    serve: (listImports) => ({ knowledge: { listImports } }),
    rows: { imports: [{ id: "i1", fileName: "bags.csv" }] },
    row: "bags.csv",
  },
  {
    name: "products",
    path: "/products",
    serve: (listProducts) => ({ product: { listProducts } }),
    nothing: en.products.emptyTitle,
    rows: { products: [{ id: "p1", sku: "A1", name: "Teapot" }], total: 1 },
    row: "Teapot",
  },
  {
    name: "inbox",
    path: "/inbox?view=all",
    serve: (listConversations) => ({ inbox: { listConversations } }),
    nothing: en.inbox.empty.all[0],
    rows: { conversations: [{ id: "c1", state: ConversationState.WAITING, lastText: "Anybody?" }] },
    row: "Anybody?",
  },
  {
    name: "gaps",
    path: "/gaps",
    serve: (listGaps) => ({
      learning: { listGaps, getCoverage: () => ({ questions: 0 }), previewChange: () => ({}) },
    }),
    nothing: en.gaps.nothingTitle,
    rows: { gaps: [{ id: "g1", question: "Do you engrave?" }], total: 1 },
    row: "Do you engrave?",
  },
  {
    name: "checks",
    path: "/checks",
    serve: (listChecks) => ({ learning: { listChecks, listGaps: () => ({}) } }),
    nothing: en.checks.emptyTitle,
    rows: { checks: [{ id: "k1", question: "Is it open?" }], passed: 0 },
    row: "Is it open?",
  },
  {
    name: "ledger",
    path: "/figures?tab=savings",
    serve: (listLedger) => ({ insight: { ...insight, listLedger } }),
    nothing: en.ledger.empty,
    rows: { rows: [{ conversationId: "c1", firstQuestion: "Is it blue?" }] },
    row: "Is it blue?",
  },
  {
    name: "figures",
    path: "/figures?tab=savings",
    serve: (getReport) => ({ insight: { ...insight, getReport, listLedger: () => ({}) } }),
    nothing: en.home.nothingTitle,
    rows: report,
    row: en.ledger.title,
  },
  {
    name: "the figures' baseline",
    path: "/figures?tab=savings",
    serve: (getBaseline) => ({ insight: { ...insight, getBaseline, listLedger: () => ({}) } }),
    nothing: en.baseline.needed,
    rows: { baseline: { minutesPerConversation: 6, hourlyWageMinor: 200n, currency: "USD" } },
    row: en.home.editBaseline,
  },
  {
    name: "most asked",
    path: "/figures?tab=questions",
    serve: (listTopEntries) => ({ insight: { ...insight, listTopEntries } }),
    nothing: en.figures.noTop,
    rows: { entries: [{ entryId: "e1", question: "How long?", answers: 3 }] },
    row: "How long?",
  },
  {
    name: "staffing",
    path: "/figures?tab=staffing",
    serve: (getStaffingPlan) => ({ insight: { ...insight, getStaffingPlan } }),
    nothing: en.figures.noLoad,
    rows: { conversations: 3, weeks: 1 },
    row: en.figures.load,
  },
  {
    name: "overview",
    path: "/",
    serve: (getReport) => ({ insight: { ...insight, getReport } }),
    nothing: en.home.nothingTitle,
    rows: report,
    row: en.figures.all,
  },
  {
    name: "members",
    path: "/settings/members",
    serve: (listMembers) => ({ tenant: { listMembers, listInvitations: () => ({}) } }),
    rows: { members: [{ id: "m1", email: "ana@shop.example", role: "agent" }] },
    row: "ana@shop.example",
  },
  {
    name: "invitations",
    path: "/settings/members",
    serve: (listInvitations) => ({ tenant: { listInvitations, listMembers: () => ({}) } }),
    rows: { invitations: [{ id: "n1", email: "lin@shop.example", role: "agent" }] },
    row: "lin@shop.example",
  },
  {
    name: "sessions",
    path: "/settings/you",
    serve: (listSessions) => ({ account: { listSessions, whoAmI: () => ({ me }) } }),
    rows: { sessions: [{ id: "s1", userAgent: "Firefox/1 Linux" }] },
    row: en.settings.browserOn("Firefox", "Linux"),
  },
  {
    name: "visits",
    path: "/settings/data",
    serve: (listVisits) => ({
      tenant: { listVisits, getTenant: () => ({ tenant: { retentionDays: 365 } }), getUsage: () => ({}) },
    }),
    nothing: en.holding.noVisits,
    rows: { visits: [{ adminEmail: "root@platform.example", reason: "help" }] },
    row: "root@platform.example",
  },
  {
    name: "key",
    path: "/install",
    serve: (getTenant) => ({ tenant: { getTenant } }),
    rows: { tenant: { publishableKey: "pk_1" } },
    row: "pk_1",
  },
  {
    name: "platform tenants",
    path: "/platform/tenants",
    serve: (listTenants) => ({ platform: { listTenants } }),
    nothing: en.platform.emptyTitle,
    rows: { tenants: [{ id: "t1", name: "Tea House", slug: "tea", status: "active" }], total: 1n },
    row: "Tea House",
  },
  {
    name: "platform audit",
    path: "/platform/audit",
    serve: (listAudit) => ({ platform: { listAudit } }),
    nothing: en.platform.auditNone,
    rows: { rows: [{ act: "suspend", admin: "root@platform.example", reason: "spam" }] },
    row: "spam",
  },
  {
    name: "platform state",
    path: "/platform/state",
    serve: (getState) => ({ platform: { getState } }),
    rows: { version: "v1", database: {}, engine: {} },
    row: en.platform.database,
  },
];

describe("a list that cannot be loaded", () => {
  it.each(lists)("of $name says so, claims nothing, and is there after another try", async (list) => {
    let broken = true;
    const { user } = openConsole(
      list.path,
      list.serve(() => {
        if (broken) throw problem(Code.Unavailable, "unavailable");
        return list.rows;
      }),
    );
    const title = await screen.findByText(en.problem.loadTitle);
    if (list.nothing) expect(screen.queryByText(list.nothing)).toBeNull();
    broken = false;
    const alert = within(title.closest("[role=alert]") as HTMLElement);
    await user.click(alert.getByRole("button", { name: en.act.retry }));
    expect((await screen.findAllByText(list.row)).length).toBeGreaterThan(0);
    expect(screen.queryByText(en.problem.loadTitle)).toBeNull();
  });
});

/** Addresses of the lists that can be narrowed down, and what their call is asked for without any filter. */
const filtered: [list: string, path: string, whole: string, title: string][] = [
  ["knowledge", "/knowledge?q=zebra&used=never", "/knowledge", en.knowledge.noneTitle],
  ["products", "/products?q=zebra&stock=out", "/products", en.knowledge.noneTitle],
  ["gaps", "/gaps?show=dismissed", "/gaps", en.gaps.noneDismissedTitle],
  ["ledger", "/figures?tab=savings&off=true&reason=asked", "/figures?tab=savings", en.knowledge.noneTitle],
  [
    "platform tenants",
    "/platform/tenants?q=zebra&status=deleted",
    "/platform/tenants",
    en.knowledge.noneTitle,
  ],
  ["platform audit", "/platform/audit?shop=zebra&admin=ann", "/platform/audit", en.knowledge.noneTitle],
];

/** said is what a request asks for beyond a page and a span of time. */
const said = (request: object): string =>
  JSON.stringify(request, (key, value) =>
    ["from", "to", "pageSize", "limit"].includes(key)
      ? undefined
      : typeof value === "bigint"
        ? Number(value)
        : value,
  );

describe("a list in which nothing fits the filters", () => {
  it.each(filtered)(
    "of %s says so, and shows all once they are cleared",
    async (name, path, whole, title) => {
      const list = lists.find((one) => one.name === name) as List;
      const asked: string[] = [];
      openConsole(
        whole,
        list.serve((request) => {
          asked.push(said(request));
          return list.rows;
        }),
      );
      await waitFor(() => expect(asked.length).toBeGreaterThan(0));
      const plain = new Set(asked);
      cleanup();
      const { user, address } = openConsole(
        path,
        list.serve((request) => (plain.has(said(request)) ? list.rows : { total: 0 })),
      );
      await screen.findByText(title);
      if (list.nothing) expect(screen.queryByText(list.nothing)).toBeNull();
      await user.click(screen.getAllByRole("button", { name: en.act.clearFilters }).at(-1) as HTMLElement);
      expect((await screen.findAllByText(list.row)).length).toBeGreaterThan(0);
      expect(address()).toBe(`/console${whole}`);
    },
  );

  it.each(["waiting", "mine", "overdue"] as const)("of the inbox's %s leads to all", async (view) => {
    const { user, address } = openConsole(view === "waiting" ? "/inbox" : `/inbox?view=${view}`);
    await screen.findByText(en.inbox.empty[view][0]);
    await user.click(screen.getByRole("link", { name: en.inbox.showAll }));
    expect(await screen.findByText(en.inbox.empty.all[0])).toBeTruthy();
    expect(address()).toBe("/console/inbox?view=all");
  });

  it("of checks, when none fails, shows all", async () => {
    const { user, address } = openConsole("/checks?show=failed", {
      learning: {
        listChecks: () => ({
          checks: [{ id: "k1", question: "Is it open?", result: { outcome: 4 } }],
          passed: 1,
        }),
        listGaps: () => ({}),
      },
    });
    await screen.findByText(en.checks.noneFailingTitle);
    await user.click(screen.getByRole("button", { name: en.act.clearFilters }));
    expect(await screen.findByText("Is it open?")).toBeTruthy();
    expect(address()).toBe("/console/checks");
  });
});

describe("a list that holds nothing yet", () => {
  /** What starts each list, for who may do it. */
  const first: [list: string, actions: string[]][] = [
    ["knowledge", [en.knowledge.emptyAction, en.knowledge.emptySecond]],
    ["products", [en.products.emptyAction, en.products.emptySecond]],
    ["inbox", [en.inbox.toInstall]],
    ["gaps", [en.inbox.toInstall]],
    ["checks", [en.checks.add]],
  ];
  const offered = (name: string) =>
    screen.queryAllByRole("button", { name }).length + screen.queryAllByRole("link", { name }).length;

  it.each(first)(
    "of %s offers its beginning to a manager, and to an agent nothing that is refused",
    async (name, actions) => {
      const list = lists.find((one) => one.name === name) as List;
      for (const role of ["manager", "agent"]) {
        cleanup();
        openConsole(list.path, {
          ...list.serve(() => ({})),
          account: { whoAmI: () => ({ me: { ...me, role } }) },
        });
        await screen.findByText(list.nothing as string);
        await waitFor(() => {
          for (const action of actions)
            expect([role, action, offered(action) > 0]).toEqual([role, action, role === "manager"]);
        });
      }
    },
  );
});
