import type { Opening } from "../../gen/storebot/v1/inbox_pb";

/** Usual is at which full hours people come and go on most days. */
export type Usual = { opens?: number; closes?: number };

/**
 * usualHours reads it from the opening hours, undefined where there are none. A part of an
 * hour counts as one in which nobody is there; of days that are alike in number, the
 * earlier hour counts.
 */
export function usualHours(openings: Pick<Opening, "weekday" | "opens" | "closes">[]): Usual {
  const first = new Map<number, number>();
  const last = new Map<number, number>();
  for (const { weekday, opens, closes } of openings) {
    first.set(weekday, Math.min(opens, first.get(weekday) ?? opens));
    last.set(weekday, Math.max(closes, last.get(weekday) ?? closes));
  }
  return { opens: most([...first.values()]), closes: most([...last.values()]) };
}

function most(minutes: number[]): number | undefined {
  const hours = minutes.map((minute) => Math.ceil(minute / 60) % 24).sort((a, b) => a - b);
  const times = (hour: number) => hours.filter((other) => other === hour).length;
  return hours.reduce<number | undefined>(
    (best, hour) => (best === undefined || times(hour) > times(best) ? hour : best),
    undefined,
  );
}
