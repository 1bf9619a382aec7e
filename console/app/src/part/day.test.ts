import { describe, expect, it } from "vitest";
import { dayOf, endOf, lastDay, startOf } from "./day";

describe("days of a shop", () => {
  it("begin at its own midnight", () => {
    expect(new Date(startOf("2026-12-01", "Asia/Taipei")).toISOString()).toBe("2026-11-30T16:00:00.000Z");
    expect(new Date(endOf("2026-12-01", "UTC")).toISOString()).toBe("2026-12-02T00:00:00.000Z");
    for (const none of ["", "2026-13-01", "123456-01-01", "0000-01-01", "9999-12-31"]) {
      expect(startOf(none, "UTC")).toBeNaN();
      expect(endOf(none, "UTC")).toBeNaN();
    }
    expect(new Date(endOf(lastDay, "Pacific/Pago_Pago")).toISOString()).toBe("9999-12-31T11:00:00.000Z");
  });

  it("begin with the first hour there is where the clocks go forward at midnight", () => {
    for (const [zone, date, first] of [
      ["America/Santiago", "2026-09-06", "2026-09-06T04:00:00.000Z"],
      ["Asia/Beirut", "2026-03-29", "2026-03-28T22:00:00.000Z"],
      ["Africa/Cairo", "2026-04-24", "2026-04-23T22:00:00.000Z"],
    ] as const)
      expect(new Date(startOf(date, zone)).toISOString()).toBe(first);
  });

  it("come back from the moments that they mean, also where the clocks change", () => {
    for (const zone of ["UTC", "Asia/Taipei", "America/New_York", "Europe/Berlin", "Pacific/Auckland"])
      for (const date of [
        "2026-03-08",
        "2026-03-29",
        "2026-04-05",
        "2026-10-25",
        "2026-11-01",
        "2024-02-29",
      ]) {
        expect(dayOf(startOf(date, zone), zone)).toBe(date);
        expect(dayOf(endOf(date, zone) - 1, zone)).toBe(date);
        expect(endOf(date, zone) - startOf(date, zone)).toBeGreaterThanOrEqual(23 * 3_600_000);
      }
  });
});
