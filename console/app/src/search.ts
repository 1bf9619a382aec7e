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
export type HomeSearch = { period?: Period; view?: "table"; ledger?: boolean; baseline?: boolean };

export function readHome(raw: Raw): HomeSearch {
  return {
    period: oneOf(raw, "period", periods),
    view: oneOf(raw, "view", ["table"]),
    ledger: raw.ledger === true || undefined,
    baseline: raw.baseline === true || undefined,
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
  tab?: "history";
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
    tab: oneOf(raw, "tab", ["history"]),
  };
}

export const rowFilters = ["ready", "exists", "changed", "repeated", "invalid"] as const;
export type RowFilter = (typeof rowFilters)[number];
export type ImportSearch = { status?: RowFilter; token?: string };

export function readImport(raw: Raw): ImportSearch {
  return { status: oneOf(raw, "status", rowFilters), token: text(raw, "token") };
}

export type GapsSearch = { gap?: string };

export function readGaps(raw: Raw): GapsSearch {
  return { gap: text(raw, "gap") };
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
  return { next: next && /^\/(?![/\\])/.test(next) ? next : undefined };
}
