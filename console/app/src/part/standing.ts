import { type Timestamp, timestampDate } from "@bufbuild/protobuf/wkt";
import { EntryState } from "../gen/storebot/v1/knowledge_pb";

export const standings = ["live", "draft", "scheduled", "expired"] as const;
export type StandingName = (typeof standings)[number];

/** standingOf says in one word whether an entry is answered at this moment, and if not, why. */
export function standingOf(
  entry: { state: EntryState; validFrom?: Timestamp; validUntil?: Timestamp },
  now = Date.now(),
): StandingName {
  if (entry.state === EntryState.DRAFT) return "draft";
  if (entry.validUntil && timestampDate(entry.validUntil).getTime() <= now) return "expired";
  if (entry.validFrom && timestampDate(entry.validFrom).getTime() > now) return "scheduled";
  return "live";
}
