import { useEffect, useMemo, useState } from "react";
import type { Span } from "../../api/insight";
import type { Period } from "../../search";

const day = 86_400_000;
const days: Record<Period, number> = { "7d": 7, "28d": 28, "90d": 90 };

const hour = 3_600_000;
const nextHour = (now: number) => Math.ceil(now / hour) * hour;

/** lastDays ends at the next full hour, so that what was asked before is still in sight on the next look. */
export function lastDays(period: Period, now: number): Span {
  const to = nextHour(now);
  return { from: new Date(to - days[period] * day), to: new Date(to) };
}

/** useLastDays moves on with the hours while the page stays open. */
export function useLastDays(period: Period): Span {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setTimeout(() => setNow(Date.now()), nextHour(now) - now + 1);
    return () => clearTimeout(timer);
  }, [now]);
  return useMemo(() => lastDays(period, now), [period, now]);
}

/** spanBefore is the span of the same length that ended where this one begins. */
export function spanBefore(span: Span): Span {
  return { from: new Date(2 * span.from.getTime() - span.to.getTime()), to: span.from };
}
