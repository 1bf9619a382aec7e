import type { Quota, Usage } from "../gen/storebot/v1/tenant_pb";
import type { Format } from "../i18n/format";

export const resources = ["messages_month", "entries", "model_seconds", "storage_bytes"] as const;
export type Resource = (typeof resources)[number];

const fields = {
  messages_month: "messagesMonth",
  entries: "entries",
  model_seconds: "modelSeconds",
  storage_bytes: "storageBytes",
} as const;

/** A Standing is how a shop stands with one resource; share is of the limit, and unset without one. */
export type Standing = { resource: Resource; used: number; limit?: number; share?: number };

/** standings lays a shop's usage beside its quota. */
export function standings(usage: Usage | undefined, quota: Quota | undefined): Standing[] {
  return resources.map((resource) => {
    const used = Number(usage?.[fields[resource]] ?? 0n);
    const limit = quota?.[fields[resource]];
    if (limit === undefined) return { resource, used };
    return { resource, used, limit: Number(limit), share: limit > 0n ? used / Number(limit) : 1 };
  });
}

/** amount writes a resource's number with its unit. */
export function amount(resource: Resource, n: number, format: Format): string {
  if (resource === "storage_bytes") return format.bytes(n);
  if (resource === "model_seconds") return format.minutes(n / 60);
  return format.number(n);
}
