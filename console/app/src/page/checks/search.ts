export type ChecksSearch = { show?: "failed"; add?: boolean };

/** readChecks reads what stands after "?" in the page's address. */
export function readChecks(raw: Record<string, unknown>): ChecksSearch {
  return { show: raw.show === "failed" ? raw.show : undefined, add: raw.add === true || undefined };
}
