import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "vitest";
import { TenantRowSchema } from "../../gen/storebot/v1/platform_pb";
import { healthOf } from "./health";

const now = Date.UTC(2026, 5, 15);
const day = 24 * 60 * 60 * 1000;
const asked = (days: number) => timestampFromMs(now - days * day);
const health = (entries: bigint, limit: bigint | undefined, days?: number) =>
  healthOf(
    create(TenantRowSchema, {
      usage: { entries },
      quota: { entries: limit },
      askedAt: days === undefined ? undefined : asked(days),
    }),
    now,
  );

describe("healthOf", () => {
  it("names the worst of what is wrong, and what is not", () => {
    expect(health(10n, 10n, 30)).toBe("used_up");
    expect(health(0n, 0n)).toBe("used_up"); // nothing may be entered at all
    expect(health(0n, undefined, 0)).toBe("nothing");
    expect(health(8n, 10n, 30)).toBe("short");
    expect(health(7n, 10n)).toBe("quiet");
    expect(health(7n, 10n, 8)).toBe("quiet");
    expect(health(7n, 10n, 6)).toBe("good");
    expect(health(7n, undefined, 0)).toBe("good");
  });
});
