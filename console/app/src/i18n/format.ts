import { type Duration, type Timestamp, timestampDate } from "@bufbuild/protobuf/wkt";
import type { Catalogue } from "./catalogue";

/** Currencies whose prices are written without a fraction of zero, as replies to shoppers write them. */
const withoutFraction = new Set(["TWD", "JPY", "KRW", "VND", "IDR", "HUF", "CLP"]);

export type Format = ReturnType<typeof newFormat>;

/** milliseconds is a duration's length, with its fraction: an answer may take less than one. */
export function milliseconds(duration: Duration): number {
  return Number(duration.seconds) * 1000 + duration.nanos / 1e6;
}

/**
 * newFormat writes numbers, dates and money as a language's readers expect
 * them; words are what the language's data does not have.
 */
export function newFormat(language: string, words: Catalogue["figure"], timeZone?: string) {
  const number = new Intl.NumberFormat(language);
  /** A figure with its unit: the data of some Chinese have no space between them, the catalogue has. */
  const spaced = (text: string) => text.replace(/(\d)(?=\p{Script=Han})/gu, "$1 ");
  const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });
  const seconds = new Intl.NumberFormat(language, {
    style: "unit",
    unit: "second",
    maximumFractionDigits: 1,
  });
  const millis = new Intl.NumberFormat(language, {
    style: "unit",
    unit: "millisecond",
    maximumFractionDigits: 0,
  });
  const tenths = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const hundredths = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const unit = (name: string) => {
    const figure = new Intl.NumberFormat(language, {
      style: "unit",
      unit: name,
      unitDisplay: "long",
      maximumFractionDigits: 1,
    });
    return { format: (n: number) => spaced(figure.format(n)) };
  };
  const days = unit("day");
  const hours = unit("hour");
  const minutes = unit("minute");
  const megabytes = new Intl.NumberFormat(language, {
    style: "unit",
    unit: "megabyte",
    maximumFractionDigits: 1,
  });
  const day = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone });
  const shortDay = new Intl.DateTimeFormat(language, { month: "numeric", day: "numeric", timeZone: "UTC" });
  const moment = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short", timeZone });
  const clock = new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit", timeZone: "UTC" });
  const weekday = new Intl.DateTimeFormat(language, { weekday: "short", timeZone: "UTC" });
  const wait = (ms: number) => {
    if (ms < 1) return words.under(spaced(millis.format(1)));
    return spaced(ms < 1000 ? millis.format(ms) : seconds.format(ms / 1000));
  };
  const listed = new Intl.ListFormat(language);
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });

  return {
    language,
    number: (n: number) => number.format(n),
    list: (words: string[]) => listed.format(words),
    tenths: (n: number) => tenths.format(n),
    hundredths: (n: number) => hundredths.format(n),
    /** Bytes as MB, the unit that quotas are given in. */
    bytes: (n: number) => megabytes.format(n / 1e6),
    percent: (share: number) => percent.format(share),
    /** How sure an answer is: a probability, which never is quoted as certainty. */
    sureness: (probability: number) => percent.format(Math.min(probability, 0.99)),
    /** A wait: milliseconds below a second, seconds above. */
    wait: (duration: Duration | undefined) => (duration ? wait(milliseconds(duration)) : ""),
    waitMs: wait,
    /** Staff time: minutes below two hours, hours above; in the unit of what stands beside it. */
    work: (mins: number, beside = mins) =>
      Math.abs(beside) < 120 ? minutes.format(mins) : hours.format(mins / 60),
    minutes: (mins: number) => minutes.format(mins),
    hours: (n: number) => hours.format(n),
    /** A number for a narrow cell: one decimal below ten. */
    compact: (n: number) => (n < 10 ? tenths.format(n) : number.format(Math.round(n))),
    /** A full hour of the day. */
    hour: (h: number) => clock.format(new Date(Date.UTC(2026, 0, 5, h))),
    /** A day of the week, 1 being Monday. */
    weekday: (n: number) => weekday.format(new Date(Date.UTC(2026, 0, 4 + n))),
    date: (at: Timestamp | undefined) => (at ? day.format(timestampDate(at)) : ""),
    dateTime: (at: Timestamp | undefined) => (at ? moment.format(timestampDate(at)) : ""),
    /** A day of the form YYYY-MM-DD, without the year. */
    shortDay: (date: string) => shortDay.format(new Date(`${date}T00:00:00Z`)),
    ago: (at: Timestamp | undefined, now = Date.now()) => {
      if (!at) return "";
      const mins = Math.round((timestampDate(at).getTime() - now) / 60_000);
      if (mins === 0) return words.now;
      if (Math.abs(mins) < 60) return spaced(relative.format(mins, "minute"));
      if (Math.abs(mins) < 48 * 60) return spaced(relative.format(Math.round(mins / 60), "hour"));
      if (Math.abs(mins) < 60 * 24 * 60) return spaced(relative.format(Math.round(mins / 1440), "day"));
      return day.format(timestampDate(at));
    },
    /** How long something has lasted, a minute at least: what has just begun is not said to have no age. */
    age: (since: Timestamp | undefined, now = Date.now()) => {
      if (!since) return "";
      const mins = Math.max(1, Math.round((now - timestampDate(since).getTime()) / 60_000));
      if (mins < 120) return minutes.format(mins);
      if (mins < 48 * 60) return hours.format(Math.round(mins / 60));
      return days.format(Math.round(mins / 1440));
    },
    /** Sentences one after the other; Chinese has no space between them. */
    sentences: (...said: (string | false | undefined)[]) =>
      said.filter((one) => one).join(language.startsWith("zh") ? "" : " "),
    /**
     * A price with the digits that it was written with: none is rounded away, and a
     * fraction is two digits at least but where the currency's prices have none. What
     * is not a price in a currency, as in a sheet's row that is to be mended, stays as it is.
     */
    price: (decimal: string, currency: string) => {
      if (!/^[A-Za-z]{3}$/.test(currency) || !/^\d+(\.\d+)?$/.test(decimal))
        return [currency, decimal].filter((word) => word !== "").join(" ");
      const fraction = decimal.split(".")[1] ?? "";
      const none = withoutFraction.has(currency) && /^0*$/.test(fraction);
      const digits = none ? 0 : Math.max(fraction.length, withoutFraction.has(currency) ? 0 : 2);
      return new Intl.NumberFormat(language, {
        style: "currency",
        currency,
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      }).format(decimal as `${number}`);
    },
    money: (minor: bigint, currency: string) => {
      const format = new Intl.NumberFormat(language, {
        style: "currency",
        currency,
      });
      const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
      const major = Number(minor) / 10 ** digits;
      // Cents say nothing in a large sum.
      const shown = Math.abs(major) >= 100 ? 0 : digits;
      return new Intl.NumberFormat(language, {
        style: "currency",
        currency,
        minimumFractionDigits: shown,
        maximumFractionDigits: shown,
      }).format(major);
    },
  };
}

/** minorDigits is how many decimals a currency has: 2 for EUR, 0 for JPY. */
export function minorDigits(currency: string): number {
  const format = new Intl.NumberFormat("en", { style: "currency", currency });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}
