// What stands in the address after "?": the state of a page that a link or a
// reload must bring back. Anything unknown falls back to the page's default.

import { type StandingName, standings } from "./part/standing";

type Raw = Record<string, unknown>;

function text(raw: Raw, key: string): string | undefined {
  const value = raw[key];
  // A search for 2024 comes out of the address as a number.
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

function oneOf<T extends string>(raw: Raw, key: string, words: readonly T[]): T | undefined {
  return words.find((word) => word === raw[key]);
}

export const periods = ["7d", "28d", "90d"] as const;
export type Period = (typeof periods)[number];
export type HomeSearch = { period?: Period; baseline?: boolean };

export function readHome(raw: Raw): HomeSearch {
  return { period: oneOf(raw, "period", periods), baseline: raw.baseline === true || undefined };
}

export const figuresTabs = ["answers", "savings", "staffing", "questions"] as const;
export type FiguresTab = (typeof figuresTabs)[number];
export const measures = ["conversations", "bot", "rest", "staff"] as const;
export type Measure = (typeof measures)[number];
export const heards = ["bot", "both", "staff"] as const;
export type HeardName = (typeof heards)[number];
export const decisions = ["direct", "composed", "clarify", "abstain", "small_talk"] as const;
export type DecisionName = (typeof decisions)[number];
/** BehindSearch is which conversations the ledger lists: those that fit all of it. See LedgerFilter. */
export type BehindSearch = {
  /** Outcomes, and reasons of hand-overs, with commas between them. */
  outcome?: string;
  reason?: string;
  met?: true;
  replied?: true;
  heard?: HeardName;
  rating?: "content" | "discontent";
  lasting?: boolean;
  /** A decision, and an entry, that a reply rests on. */
  decision?: DecisionName;
  source?: string;
  /** How long a reply's first words took, in milliseconds. */
  slower?: number;
  upto?: number;
  /** While nobody is there. */
  off?: true;
  day?: string;
  /** A day of any week, 1 being Monday. */
  weekday?: number;
  /** Hours of the day. */
  after?: number;
  before?: number;
};
export type FiguresSearch = BehindSearch & {
  period?: Period;
  tab?: FiguresTab;
  view?: "table";
  /** Numbers to try instead of the merchant's own. */
  minutes?: number;
  wage?: number;
  measure?: Measure;
  /** Share of shoppers to be served, and within how many minutes. */
  level?: number;
  within?: number;
  /** How many minutes a shopper waits for a person before leaving. */
  patience?: number;
  closes?: number;
  opens?: number;
};

/** day reads a day of the form YYYY-MM-DD; a 45th of a month is none. */
function day(raw: Raw, key: string): string | undefined {
  const value = text(raw, key);
  return value && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined;
}

function within(raw: Raw, key: string, least: number, most: number): number | undefined {
  const value = raw[key];
  return typeof value === "number" && value >= least && value <= most ? value : undefined;
}

export function readFigures(raw: Raw): FiguresSearch {
  const whole = (key: string, least: number, most: number) => {
    const value = within(raw, key, least, most);
    return value === undefined ? undefined : Math.floor(value);
  };
  const hour = (key: string) => whole(key, 0, 23);
  return {
    period: oneOf(raw, "period", periods),
    tab: oneOf(raw, "tab", figuresTabs),
    view: oneOf(raw, "view", ["table"]),
    outcome: text(raw, "outcome"),
    reason: text(raw, "reason"),
    met: raw.met === true || undefined,
    replied: raw.replied === true || undefined,
    heard: oneOf(raw, "heard", heards),
    rating: oneOf(raw, "rating", ["content", "discontent"]),
    lasting: typeof raw.lasting === "boolean" ? raw.lasting : undefined,
    decision: oneOf(raw, "decision", decisions),
    source: text(raw, "source"),
    slower: within(raw, "slower", 0, 864e6),
    upto: within(raw, "upto", 1, 864e6),
    off: raw.off === true || undefined,
    day: day(raw, "day"),
    weekday: whole("weekday", 1, 7),
    after: hour("after"),
    before: hour("before"),
    minutes: within(raw, "minutes", 0.01, 1000),
    wage: within(raw, "wage", 0.01, 1e7),
    measure: oneOf(raw, "measure", measures),
    level: within(raw, "level", 0.5, 0.99),
    within: within(raw, "within", 1, 1440),
    patience: within(raw, "patience", 1, 1440),
    closes: hour("closes"),
    opens: hour("opens"),
  };
}

export const usedFilters = ["never", "unhelpful"] as const;
export type UsedFilterName = (typeof usedFilters)[number];
export const entryOrders = ["used", "updated"] as const;
export type EntryOrderName = (typeof entryOrders)[number];

export type KnowledgeSearch = {
  q?: string;
  category?: string;
  language?: string;
  standing?: StandingName;
  used?: UsedFilterName;
  order?: EntryOrderName;
  page?: number;
  token?: string;
  entry?: string;
  tab?: "history" | "hits";
};

export function readKnowledge(raw: Raw): KnowledgeSearch {
  const page = typeof raw.page === "number" && raw.page > 1 ? Math.floor(raw.page) : undefined;
  return {
    q: text(raw, "q"),
    category: text(raw, "category"),
    language: text(raw, "language"),
    standing: oneOf(raw, "standing", standings),
    used: oneOf(raw, "used", usedFilters),
    order: oneOf(raw, "order", entryOrders),
    page,
    token: page ? text(raw, "token") : undefined,
    entry: text(raw, "entry"),
    tab: oneOf(raw, "tab", ["history", "hits"]),
  };
}

export const rowFilters = ["ready", "exists", "changed", "repeated", "invalid"] as const;
export type RowFilter = (typeof rowFilters)[number];
export type ImportSearch = { status?: RowFilter; problem?: string; edit?: number; token?: string };

export function readImport(raw: Raw): ImportSearch {
  return {
    status: oneOf(raw, "status", rowFilters),
    problem: text(raw, "problem"),
    edit: typeof raw.edit === "number" && raw.edit > 0 ? raw.edit : undefined,
    token: text(raw, "token"),
  };
}

export type GapsSearch = { gap?: string; show?: "dismissed" };

export function readGaps(raw: Raw): GapsSearch {
  return { gap: text(raw, "gap"), show: oneOf(raw, "show", ["dismissed"]) };
}

export const views = ["waiting", "mine", "overdue", "all"] as const;
export type View = (typeof views)[number];
export type InboxSearch = { view?: View };

export function readInbox(raw: Raw): InboxSearch {
  return { view: oneOf(raw, "view", views) };
}

export type LogInSearch = { next?: string };

/** readLogIn keeps only a way inside the console: a link must not lead elsewhere. */
export function readLogIn(raw: Raw): LogInSearch {
  const next = text(raw, "next");
  return { next: next && /^\/(?![\s/\\])/.test(next) ? next : undefined };
}

export const tenantStatuses = ["active", "suspended", "deleting", "deleted"] as const;
export type TenantStatus = (typeof tenantStatuses)[number];
export type TenantsSearch = { q?: string; status?: TenantStatus; token?: string };

export function readTenants(raw: Raw): TenantsSearch {
  return { q: text(raw, "q"), status: oneOf(raw, "status", tenantStatuses), token: text(raw, "token") };
}

export type AuditSearch = { shop?: string; admin?: string; token?: string };

export function readAudit(raw: Raw): AuditSearch {
  return { shop: text(raw, "shop"), admin: text(raw, "admin"), token: text(raw, "token") };
}
