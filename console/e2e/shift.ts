// How far a page's content jumps while it loads: the cumulative layout shift of
// https://web.dev/articles/cls, up to .1 of which is called good there. A shift
// that follows what somebody did does not count.
import { expect, type Page } from "@playwright/test";

const good = 0.1;

type Shift = PerformanceEntry & {
  value: number;
  hadRecentInput: boolean;
  sources: { node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[];
};

/** What moved, from where and to where, in the largest session of shifts. */
type Jumped = { score: number; what: string[] };

/** watchShifts has a page's shifts noted from its first paint on; called before the page is opened. */
export async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const worst: Jumped = { score: 0, what: [] };
    let session = { score: 0, began: 0, last: 0, what: [] as string[] };
    (window as { jumped?: Jumped }).jumped = worst;
    const name = (node: Node | null) =>
      node instanceof Element ? `${node.localName}.${node.className}` : (node?.nodeName ?? "gone");
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as Shift[]) {
        if (entry.hadRecentInput) continue;
        // A session ends after a second without a shift, or after five.
        if (entry.startTime - session.last > 1000 || entry.startTime - session.began > 5000)
          session = { score: 0, began: entry.startTime, last: 0, what: [] };
        session.score += entry.value;
        session.last = entry.startTime;
        for (const { node, previousRect: was, currentRect: is } of entry.sources)
          session.what.push(
            `${name(node)} ${[was.x, was.y, is.x, is.y].map(Math.round).join(" ")} (${entry.value.toFixed(3)})`,
          );
        if (session.score > worst.score) Object.assign(worst, { score: session.score, what: session.what });
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
}

/** steady holds what has been loaded of a page to a good score; the message names what jumped. */
export async function steady(page: Page): Promise<void> {
  const { score, what } = await page.evaluate(() => (window as unknown as { jumped: Jumped }).jumped);
  expect(score, `jumped while it loaded:\n${what.join("\n")}`).toBeLessThanOrEqual(good);
}
