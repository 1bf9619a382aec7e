import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { en } from "../app/src/i18n/en";
import { setBaseline } from "./asked";
import { type Cookie, newMerchant } from "./caller";
import { accessible, address, expect, noSidewaysScroll, pagePicture, test } from "./fixture";
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

test("answers beside the period before, and every figure opens its conversations", async ({ page }) => {
  await figures(page);
  const automation = tile(page, en.home.withoutStaff);
  await expect(automation).toContainText(/[67]\d%/);
  await expect(automation).toContainText(/[67]\d% in the period before/);
  await expect(tile(page, en.figures.durable)).toContainText("100%");
  const wait = tile(page, en.figures.wait.p50);
  const replies = Number((await wait.innerText()).match(/from ([\d,]+) replies/)?.[1]?.replace(",", ""));
  expect(replies).toBeGreaterThanOrEqual(least);
  await expect(page.locator(".recharts-surface").first()).toBeVisible();
  await page.getByText(en.act.table, { exact: true }).click();
  await expect(page).toHaveURL(/view=table/);
  await expect(page.getByRole("columnheader", { name: en.home.p99 })).toBeVisible();
  await accessible(page);
  await automation.getByRole("button", { name: en.home.ledger }).click();
  await expect(page).toHaveURL(/tab=savings.*outcome=confirmed/);
  await expect(page.getByText(en.ledger.outcomes.confirmed ?? "").first()).toBeVisible();
  await page.screenshot({
    path: pagePicture("figures-savings-past"),
    fullPage: true,
  });
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
  await page.getByLabel(en.figures.shown).selectOption("staff");
  await expect(page.getByRole("cell", { name: /^[1-9]$/ }).first()).toBeVisible();
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
  await noSidewaysScroll(page);
  await accessible(page);
});
