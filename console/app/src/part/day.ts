// Days as a date field holds them, YYYY-MM-DD, and the moments that they mean in
// a shop's time zone.

const day = 86_400_000;

/** offset is how far a zone's clocks are ahead of UTC at a moment, in milliseconds. */
function offset(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(at);
  const value = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  return (
    Date.UTC(
      value("year"),
      value("month") - 1,
      value("day"),
      value("hour"),
      value("minute"),
      value("second"),
    ) -
    Math.floor(at / 1000) * 1000
  );
}

/** lastDay is the last one that a moment can be told of in every zone, its end included. */
export const lastDay = "9999-12-30";

/** midnightOf is a day's beginning in UTC; NaN for what is no day, or is beyond what can be told. */
function midnightOf(date: string): number {
  const told = /^\d{4}-\d\d-\d\d$/.test(date) && date > "0001-01-01" && date <= lastDay;
  return told ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
}

/** beginning is the first moment in a zone of the day that begins then in UTC. */
function beginning(midnight: number, timeZone: string): number {
  if (Number.isNaN(midnight)) return Number.NaN;
  // The offset at the moment itself: the clocks may have changed since the guess.
  const guess = midnight - offset(midnight, timeZone);
  const start = midnight - offset(guess, timeZone);
  // Where the clocks go forward at midnight there is none: the day begins with its first hour.
  return dayOf(start, timeZone) < new Date(midnight).toISOString().slice(0, 10) ? guess : start;
}

/** startOf is the first moment of a day in a zone; NaN for what is no day. */
export const startOf = (date: string, timeZone: string) => beginning(midnightOf(date), timeZone);

/** endOf is the first moment after a day; NaN for what is no day. */
export const endOf = (date: string, timeZone: string) => beginning(midnightOf(date) + day, timeZone);

/** dayOf is the day in a zone to which a moment belongs. */
export function dayOf(at: number, timeZone: string): string {
  return new Date(at + offset(at, timeZone)).toISOString().slice(0, 10);
}
