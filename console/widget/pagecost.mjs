// Measures what the widget costs a shop's page: Lighthouse on a telephone, with
// the widget and with its script blocked, one after the other.
//
//   node console/widget/pagecost.mjs URL [RUNS]      prints one JSON object
//
// Lighthouse is fetched by npx: nothing else needs it. How long the widget's script
// keeps the main thread until its launcher is there is the processor time in
// Chromium's own trace, compiling included. Every figure is the median of RUNS,
// with the least and the most, and the machine's load: Lighthouse's are worth
// something on a machine that does nothing else.
import { execFile } from "node:child_process";
import { cpus, loadavg } from "node:os";
import { promisify } from "node:util";
import { chromium } from "@playwright/test";

const run = promisify(execFile);
const [url, runs = "7"] = process.argv.slice(2);
if (!url || !(Number(runs) > 0)) {
  console.error(
    "usage: node console/widget/pagecost.mjs URL [RUNS], for example http://127.0.0.1:8080/demo/?lang=en 7",
  );
  process.exit(2);
}

const flags =
  "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking";

async function once(blocked) {
  const args = [
    "--yes",
    "lighthouse@12.8.2",
    url,
    "--output=json",
    "--quiet",
    "--only-categories=performance",
  ];
  args.push(`--chrome-flags=${flags}`, ...(blocked ? ["--blocked-url-patterns=*/widget.js"] : []));
  const env = { CHROME_PATH: "/usr/bin/chromium", ...process.env };
  const { stdout } = await run("npx", args, { env, maxBuffer: 1 << 26 });
  const { audits, categories } = JSON.parse(stdout);
  const requests = audits["network-requests"].details?.items ?? [];
  return {
    score: categories.performance.score,
    first_contentful_paint_ms: audits["first-contentful-paint"].numericValue,
    largest_contentful_paint_ms: audits["largest-contentful-paint"].numericValue,
    total_blocking_ms: audits["total-blocking-time"].numericValue,
    layout_shift: audits["cumulative-layout-shift"].numericValue,
    main_thread_ms: audits["mainthread-work-breakdown"].numericValue,
    widget_requests: requests.filter((r) => !blocked && /\/widget[./]/.test(r.url)).length,
    bytes: requests.reduce((sum, r) => sum + (r.transferSize ?? 0), 0),
  };
}

/** How long the widget's script keeps the main thread of a page that is loaded anew, in milliseconds of the processor. */
async function script(browser) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await browser.startTracing(page, { categories: ["devtools.timeline"] });
  await page.goto(url);
  await page.locator("html > div button").waitFor();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  await context.close();
  const own = traceEvents.filter(
    ({ name, args }) => name === "EvaluateScript" && args.data?.url?.includes("/widget.js"),
  );
  if (own.length === 0) throw new Error("the trace does not tell of the widget's script");
  return { main_thread_ms: own.reduce((sum, { tdur = 0 }) => sum + tdur, 0) / 1000 };
}

const found = { with: [], without: [] };
for (let n = 0; n < Number(runs); n++) {
  found.with.push(await once(false));
  found.without.push(await once(true));
}

const round = (x) => Math.round(x * 1000) / 1000;
function summary(list) {
  return Object.fromEntries(
    Object.keys(list[0]).map((name) => {
      const values = list.map((one) => one[name]).sort((a, b) => a - b);
      const middle = (values[(values.length - 1) >> 1] + values[values.length >> 1]) / 2;
      return [name, { median: round(middle), least: round(values[0]), most: round(values.at(-1)) }];
    }),
  );
}
const browser = await chromium.launch({
  executablePath: process.env.CHROME_PATH ?? "/usr/bin/chromium",
  args: flags.split(" "),
});
await script(browser); // the first one fills caches
const scripts = [];
for (let n = 0; n < Number(runs); n++) scripts.push(await script(browser));
await browser.close();

const sums = { script: summary(scripts), with: summary(found.with), without: summary(found.without) };
console.log(
  JSON.stringify(
    { url, n: Number(runs), cores: cpus().length, load: loadavg().map(round), ...sums },
    null,
    1,
  ),
);
