import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { EntryState } from "../gen/storebot/v1/knowledge_pb";
import { ConversationState } from "../gen/storebot/v1/shopper_pb";
import { en } from "../i18n/en";
import { me, openConsole } from "../test/console";

const entry = { id: "e1", question: "How long?", answer: "Two days.", state: EntryState.PUBLISHED };
const product = { id: "p1", sku: "A1", name: "Teapot", currency: "TWD" };
const talk = { id: "c1", state: ConversationState.WAITING, lastText: "Anybody?" };
const gap = { id: "g1", question: "Do you engrave?", asked: 3 };
const tenant = { publishableKey: "pk_1", retentionDays: 365, language: "en", timeZone: "UTC", name: "Shop" };

type Role = "owner" | "manager" | "agent";

// A page, what is seen of it by whoever may look, and the buttons and links of those who may change, by the least role that this takes.
const pages: [address: string, seen: string | RegExp, changes: Partial<Record<Role, string[]>>][] = [
  [
    "/knowledge?entry=e1",
    en.entry.answer,
    { manager: [en.act.save, en.act.delete, en.knowledge.add, en.knowledge.import] },
  ],
  [
    "/products?product=p1",
    en.products.form.name,
    { manager: [en.act.save, en.act.delete, en.products.add, en.products.import] },
  ],
  ["/inbox/c1", en.inbox.waitsNow, { agent: [en.inbox.takeOver, en.inbox.handBack, en.inbox.send] }],
  ["/gaps", gap.question, { manager: [en.gaps.dismiss, en.gaps.write] }],
  ["/checks", en.checks.emptyTitle, { manager: [en.checks.add] }],
  ["/install", "pk_1", { owner: [en.act.save, en.install.rotate] }],
  ["/settings/data", en.holding.visits, { owner: [en.act.save, en.holding.exportAct] }],
  ["/settings/shop", en.settings.name, { owner: [en.act.save] }],
  ["/settings/hours", en.hours.title, { manager: [en.act.save] }],
  ["/figures?tab=savings", en.ledger.title, { manager: [en.figures.export], owner: [en.home.editBaseline] }],
  ["/try", en.try.emptyTitle, { agent: [en.try.send] }],
  ["/knowledge/import", en.import.title, { manager: [en.import.templateCsv] }],
];

const services = {
  tenant: { getTenant: () => ({ tenant }), listVisits: () => ({}) },
  knowledge: {
    listEntries: () => ({ entries: [entry], total: 1 }),
    getEntry: () => ({ entry }),
    getEngine: () => ({ modelState: "ok" }),
  },
  product: { listProducts: () => ({ products: [product], total: 1 }), getProduct: () => ({ product }) },
  learning: {
    listGaps: () => ({ gaps: [gap], total: 1 }),
    listChecks: () => ({}),
    getCoverage: () => ({}),
    previewChange: () => ({}),
  },
  inbox: {
    listConversations: () => ({ conversations: [talk] }),
    getConversation: () => ({ conversation: talk }),
    suggestReply: () => ({}),
  },
  insight: {
    getReport: () => ({ conversations: 30, minutesPerConversation: 6 }),
    getBaseline: () => ({ baseline: { minutesPerConversation: 6, hourlyWageMinor: 200n, currency: "USD" } }),
    listLedger: () => ({}),
  },
};

const offered = (name: string) =>
  screen.queryAllByRole("button", { name }).length + screen.queryAllByRole("link", { name }).length;

describe("what a visiting platform admin is offered", () => {
  it.each(pages)("on %s: to look, not to change", async (address, seen, changes) => {
    openConsole(address, {
      ...services,
      account: { whoAmI: () => ({ me: { ...me, visit: { reason: "help" } } }) },
    });
    expect((await screen.findAllByText(seen)).length).toBeGreaterThan(0);
    expect(await screen.findByText(en.holding.visitingBody("help"))).toBeTruthy();
    for (const name of Object.values(changes).flat()) expect([name, offered(name)]).toEqual([name, 0]);
  });
});

const ranks: Role[] = ["agent", "manager", "owner"];

describe.each(ranks)("what the shop's %s is offered", (role) => {
  it.each(pages)("on %s: what the server would not refuse, and no more", async (address, seen, changes) => {
    openConsole(address, { ...services, account: { whoAmI: () => ({ me: { ...me, role } }) } });
    expect((await screen.findAllByText(seen)).length).toBeGreaterThan(0);
    await waitFor(() => {
      for (const [least, names] of Object.entries(changes))
        for (const name of names) {
          const may = ranks.indexOf(role) >= ranks.indexOf(least as Role);
          expect([name, offered(name) > 0]).toEqual([name, may]);
        }
    });
  });
});
