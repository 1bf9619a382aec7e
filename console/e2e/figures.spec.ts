import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { en } from "../app/src/i18n/en";
import { setBaseline } from "./asked";
import { type Cookie, newMerchant } from "./caller";
import { accessible, address, expect, fits, noSidewaysScroll, pagePicture, test } from "./fixture";
import { past, writePast } from "./history";

let cookie: Cookie;
const shop = `Past ${Date.now()}`;

test.beforeAll(async () => {
  const merchant = await newMerchant(shop);
  cookie = merchant.cookie;
  await setBaseline(merchant);
  writePast(shop);
});

test.beforeEach(async ({ context }) => {
  await context.addCookies([cookie]);
});

const figures = (page: Page, search = "") => page.goto(`${address()}/console/figures${search}`);
const tile = (page: Page, title: string) =>
  page.locator(".mantine-Card-root").filter({ has: page.getByRole("heading", { name: title, exact: true }) });

// 28 of the 35 days, as they are asked for; the edge days may be parts.
const least = 27 * past.perDay;

test("answers beside the period before, by reason and by whose words were read", async ({ page }) => {
  await figures(page);
  const automation = tile(page, en.home.withoutStaff);
  await expect(automation).toContainText(/[67]\d%/);
  await expect(automation).toContainText(/[67]\d% in the period before/);
  await expect(tile(page, en.figures.durable)).toContainText("100%");
  const wait = tile(page, en.figures.wait.p50);
  const replies = Number((await wait.innerText()).match(/from ([\d,]+) replies/)?.[1]?.replace(",", ""));
  expect(replies).toBeGreaterThanOrEqual(least);
  await expect(page.locator(".recharts-surface").first()).toBeVisible();
  // Each drawing says out of how many a day's values are.
  for (const [chart, n] of [/\d+ conversations?$/m, /from \d+ repl(y|ies)$/m].entries()) {
    const drawn = page.locator(".recharts-wrapper").nth(chart);
    await drawn.scrollIntoViewIfNeeded();
    await drawn.hover();
    await expect(
      drawn.locator(
        ".mantine-ChartTooltip-tooltipLabel, .mantine-LineChart-tooltipLabel, .mantine-BarChart-tooltipLabel",
      ),
    ).toHaveText(n);
  }
  await page.getByText(en.act.table, { exact: true }).click();
  await expect(page).toHaveURL(/view=table/);
  await expect(page.getByRole("columnheader", { name: en.home.p99 })).toBeVisible();
  await expect(
    page.getByRole("columnheader", { name: en.figures.replies, exact: true }).first(),
  ).toBeVisible();
  await accessible(page);
  const row = (name: string) => page.getByRole("row", { name: new RegExp(`^${name}`) });
  await expect(row(en.figures.heard.bot)).toContainText("100%");
  await expect(row(en.figures.heard.both)).toContainText(/[89]\d%/);
  await expect(row(en.figures.heard.staff)).toContainText(/[67]\d%|8\d%/);
  // A fifth and three fifths; the period cuts the history where the test's day stands.
  await expect(row(en.inbox.reason.missing_knowledge)).toContainText(/(19|20|21)%/);
  await expect(row(en.inbox.reason.asked)).toContainText(/(59|60|61)%/);
  await fits(page, "figures-answers-past");
});

/** listed is how many conversations the ledger has where the page stands: the rows of its file, and of the list. */
async function listed(page: Page): Promise<number> {
  const ledger = page.locator(".mantine-Card-root").filter({
    has: page.getByRole("heading", { name: en.ledger.title, exact: true }),
  });
  const rows = ledger.locator("tbody tr");
  await expect(rows.first()).toBeVisible();
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: en.figures.export }).click();
  const lines = readFileSync(await (await coming).path(), "utf8")
    .trim()
    .split("\n");
  const all = lines.length - 1;
  await expect(rows).toHaveCount(Math.min(all, 50));
  expect(new Set(lines.slice(1).map((line) => line.split(",")[1])).size).toBe(all);
  return all;
}

// Replies are counted there, and several may be in one conversation.
const ofReplies = /[?&](decision|slower|source)=/;

/** links are those of a page to conversations, each with the number that it says. */
async function links(page: Page): Promise<[string, number][]> {
  const found = page.getByRole("main").locator('a[href*="tab=savings"][href*="="]');
  await expect(found.first()).toBeVisible();
  const told = await found.evaluateAll((all) => all.map((a) => [a.getAttribute("href"), a.textContent]));
  return told
    .map(([href, text]): [string, number] => [
      href ?? "",
      Number(text?.match(/\d[\d,]*/)?.[0]?.replaceAll(",", "") ?? Number.NaN),
    ])
    .filter(([href, n]) => !Number.isNaN(n) && !ofReplies.test(href));
}

test("every figure opens its conversations: as many as it says", async ({ page }) => {
  test.setTimeout(480_000);
  await figures(page);
  await expect(tile(page, en.figures.offHours)).toBeVisible();
  const answers = await links(page);
  // The number of the link is the number of the figure.
  for (const title of [en.home.withoutStaff, en.figures.offHours, en.figures.durable]) {
    const text = await tile(page, title).innerText();
    const part = Number(text.match(/([\d,]+) of [\d,]+ conversation/)?.[1]?.replaceAll(",", ""));
    expect(answers.map(([, n]) => n)).toContain(part);
  }
  await page.getByText(en.act.table, { exact: true }).click();
  const days = (await links(page)).filter(([href]) => href.includes("day=")).slice(10, 12);
  expect(days).toHaveLength(2);
  await figures(page, "?tab=savings");
  const savings = await links(page);
  expect(savings).toHaveLength(3);
  await figures(page, "?tab=staffing&closes=22");
  // The plan's cells tell an hour's mean, the table all of it.
  const staffing = (await links(page)).filter(([href]) => !href.includes("weekday="));
  expect(staffing).toHaveLength(1);
  await figures(page, "?tab=staffing&view=table");
  const hours = (await links(page)).filter(([href]) => href.includes("weekday=")).slice(30, 33);
  expect(hours).toHaveLength(3);
  await page.goto(`${address()}/console/`);
  await expect(page.getByRole("heading", { name: en.home.withoutStaff })).toBeVisible();
  const home = await links(page);
  expect(home).toHaveLength(2);
  // Three waits, automation, durable, met, off hours, three or more ratings, three reasons.
  expect(answers.length).toBeGreaterThanOrEqual(14);
  for (const [href, n] of new Map([...answers, ...days, ...savings, ...staffing, ...hours, ...home])) {
    await page.goto(`${address()}${href}`);
    expect(await listed(page), href).toBe(n);
  }
  // Here each conversation has one reply, so that their numbers are the same.
  await figures(page);
  await expect(tile(page, en.figures.offHours)).toBeVisible();
  const number = page.getByRole("link", { name: `${en.home.ledger}` });
  const told = await number.evaluateAll((all) =>
    all.map((a) => [a.getAttribute("href"), a.textContent?.split(" · ")] as const),
  );
  const replies = told.filter(([href]) => ofReplies.test(href ?? ""));
  // Four bands and three decisions.
  expect(replies).toHaveLength(7);
  for (const [href, parts] of replies) {
    const n = parts?.find((part) => !part.includes("%")) ?? "";
    await page.goto(`${address()}${href}`);
    expect(await listed(page), href ?? "").toBe(Number(n.replaceAll(",", "")));
  }
  await figures(page);
  const reason = page.getByRole("row", { name: new RegExp(`^${en.inbox.reason.missing_knowledge}`) });
  await reason.getByRole("link").click();
  await expect(page).toHaveURL(/tab=savings&reason=missing_knowledge|reason=missing_knowledge.*tab=savings/);
  await fits(page, "figures-reason-past");
});

test("other numbers are tried, none is saved, and the file has the rows of the list", async ({ page }) => {
  await figures(page, "?tab=savings&outcome=failed_hand_off");
  const likely = tile(page, en.home.likelyName);
  const money = async () =>
    Number((await likely.innerText()).match(/NT\$([\d,]+)/)?.[1]?.replaceAll(",", ""));
  await expect(likely).toContainText("NT$");
  const own = await money();
  await page.getByRole("textbox", { name: en.figures.tryMinutes }).fill("3");
  await expect(page.getByText(en.figures.trying)).toBeVisible();
  await expect(page).toHaveURL(/minutes=3/);
  expect(Math.abs(2 * (await money()) - own)).toBeLessThanOrEqual(2);
  await page.reload();
  await expect(page.getByText(en.figures.trying)).toBeVisible();
  await page.getByRole("button", { name: en.figures.ownNumbers }).click();
  expect(await money()).toBe(own);
  await accessible(page);

  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: en.figures.export }).click();
  const lines = readFileSync(await (await coming).path(), "utf8")
    .trim()
    .split("\n");
  // Two of sixty ask for a person and leave nothing.
  expect(lines.length - 1).toBeGreaterThanOrEqual((least / past.perDay) * 2);
  expect(
    lines.slice(1).every((line) => line.includes(",failed_hand_off,-1,-1,-1,6,-6,-6,-6,20000,TWD")),
  ).toBe(true);
});

test("when people can go home", async ({ page }) => {
  await figures(page, "?tab=staffing&closes=22");
  await expect(page.getByText(/^You can close at 10:00 PM: 9\d%/)).toBeVisible();
  await accessible(page);
  await page.getByLabel(en.figures.shown, { exact: true }).selectOption("staff");
  await expect(page.getByRole("cell", { name: /^[1-9] / }).first()).toBeVisible();
  await page.screenshot({
    path: pagePicture("figures-staffing-past"),
    fullPage: true,
  });
  await page.getByLabel(en.figures.patience).selectOption("30");
  await expect(page).toHaveURL(/patience=30/);
  await expect(page.getByText(/wait 30 minutes for a person/)).toBeVisible();
  // The plan is of the period that is chosen: a week is too short for one.
  await page.getByRole("radiogroup", { name: en.home.period }).getByText(en.home.periods["7d"]).click();
  await expect(page.getByText(en.home.tooLittle)).toBeVisible();
  await page.getByRole("radiogroup", { name: en.home.period }).getByText(en.home.periods["28d"]).click();
  await page.getByLabel(en.figures.closesAt).selectOption("12");
  await expect(page.getByText(/^After 12:00 PM only/)).toBeVisible();
  await page.setViewportSize({ width: 375, height: 800 });
  await figures(page, "?tab=staffing");
  await noSidewaysScroll(page);
  await accessible(page);
  // What is in sight first is the opening hours, under the names of the days.
  const week = page.getByRole("region", { name: en.figures.measures.conversations });
  await week.scrollIntoViewIfNeeded();
  const left = async (name: string) =>
    (await week.getByRole("columnheader", { name, exact: true }).boundingBox())?.x ?? Number.NaN;
  const monday = await week.getByRole("rowheader").first().boundingBox();
  const beside = (monday?.x ?? 0) + (monday?.width ?? 0);
  expect(monday?.x).toBeGreaterThanOrEqual(0);
  expect(await left("9")).toBeGreaterThanOrEqual(beside - 2);
  expect(await left("9")).toBeLessThan(beside + 40);
  expect(await left("8")).toBeLessThan(beside);
  await page.screenshot({ path: pagePicture("figures-staffing-375") });
});
