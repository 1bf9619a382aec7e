import type { Catalogue } from "../../i18n/catalogue";
import type { Format } from "../../i18n/format";
import { amount, type Resource, resources } from "../../part/usage";

/**
 * detailText says in the reader's words what an act in the audit was about. It stands there as it was
 * written, once and for all: quotas as "entries none -> 500, ...", a visit's time as "60 min".
 * What is neither is shown as it is.
 */
export function detailText(detail: string, t: Catalogue, format: Format): string {
  const visit = /^(\d+) min$/.exec(detail);
  if (visit) return t.platform.enterMinutes(Number(visit[1]));
  const changes = detail.split(", ").map((change) => /^(\w+) (none|\d+) -> (none|\d+)$/.exec(change));
  const told = changes.map((change) => {
    const resource = resources.find((one) => one === change?.[1]);
    return change && resource && quotaChange(resource, change[2] ?? "", change[3] ?? "", t, format);
  });
  return told.every(Boolean) ? told.join(" · ") : detail;
}

function quotaChange(resource: Resource, from: string, to: string, t: Catalogue, format: Format): string {
  const shown = (n: string) => (n === "none" ? t.platform.noLimit : amount(resource, Number(n), format));
  return t.platform.used(t.holding.resources[resource], `${shown(from)} → ${shown(to)}`);
}
