import { timestampDate } from "@bufbuild/protobuf/wkt";
import type { TenantRow } from "../../gen/storebot/v1/platform_pb";
import { standings } from "../../part/usage";

/** Health is how a shop that is not off fares. */
export type Health = "used_up" | "nothing" | "short" | "quiet" | "good";

const week = 7 * 24 * 60 * 60 * 1000;

/**
 * healthOf says how a shop fares: it has used up what it may, it knows nothing, it comes near to a quota, nobody has
 * asked it for a week, or none of that.
 */
export function healthOf(shop: Pick<TenantRow, "usage" | "quota" | "askedAt">, now = Date.now()): Health {
  const most = Math.max(0, ...standings(shop.usage, shop.quota).map(({ share }) => share ?? 0));
  if (most >= 1) return "used_up";
  if ((shop.usage?.entries ?? 0n) === 0n) return "nothing";
  if (most >= 0.8) return "short";
  if (!shop.askedAt || timestampDate(shop.askedAt).getTime() < now - week) return "quiet";
  return "good";
}
