import { randomUUID } from "node:crypto";
import type { Browser, Locator, Page } from "@playwright/test";
import { en } from "../app/src/i18n/en";
import { password } from "./caller";
import { ask, helped, launcher, log } from "./chat";
import { address, expect, test, watch } from "./fixture";
import { big5, type Sheet, xlsx } from "./sheet";
import { openShop } from "./shop";
import { chinese, good, sheet } from "./tea";

const email = `keeper-${randomUUID()}@tea.example`;
const unknown = "Who won the chess championship last night?";

/** card is the part of a page under the heading. */
const card = (page: Page, heading: string): Locator =>
  page
    .locator(".mantine-Card-root")
    .filter({ has: page.getByRole("heading", { name: heading, exact: true }) });

const go = (page: Page, to: keyof typeof en.nav) =>
  page.getByRole("navigation").getByRole("link", { name: en.nav[to] }).click();

/** upload chooses a file and waits for what it would do. */
async function upload(page: Page, file: Sheet) {
  await page.locator("input[type=file]").setInputFiles(file);
  await expect(page.getByRole("heading", { name: en.import.reviewTitle })).toBeVisible();
}

/** count is the button that says how many rows are of a kind, and shows them. */
const count = (page: Page, rows: number, status: keyof typeof en.import.status) =>
  page
    .getByRole("group", { name: en.import.filter })
    .getByRole("button", { name: `${rows} ${en.import.status[status]}`, exact: true });

/** commit imports what was checked, and waits for its end. */
async function commit(page: Page, entries: number) {
  const watched = page.waitForRequest(/KnowledgeService\/WatchImport/);
  await page.getByRole("button", { name: en.import.go(entries) }).click();
  await watched;
  await expect(page.getByRole("heading", { name: en.import.doneTitle })).toBeVisible();
  await expect(page.getByText(`${entries}${en.import.created}`)).toBeVisible();
}

/** shopping is a shopper's visit to the shop's page, in a browser of their own. */
async function shopping(browser: Browser, origin: string, visit: (page: Page) => Promise<void>) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const { tolerance, wrong } = watch(page);
  tolerance.origins.add(origin);
  await page.goto(origin);
  await launcher(page).click();
  await visit(page);
  expect(wrong).toEqual([]);
  await context.close();
}

test("from the sign-up to the first shopper's right answer, and what it was worth", async ({
  page,
  browser,
  tolerance,
}) => {
  const began = Date.now();
  const lap = (what: string) =>
    console.log(`${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s  ${what}`);

  await page.goto(`${address()}/console/`);
  await page.getByRole("link", { name: en.enter.signUp }).click();
  await page.getByLabel(en.enter.shopName).fill("Lantern Tea");
  await page.getByLabel(en.enter.email).fill(email);
  await page.getByLabel(en.enter.password, { exact: true }).fill("short");
  await page.getByRole("button", { name: en.enter.signUp }).click();
  await expect(page.getByText(en.problem.field["password:string.min_len"] ?? "")).toBeVisible();
  await page.getByLabel(en.enter.password, { exact: true }).fill(password);
  await page.getByRole("button", { name: en.enter.signUp }).click();
  await expect(page.getByRole("heading", { name: en.start.step.shop.title })).toBeVisible();
  lap("signed up");

  await test.step("the set-up goes on at the same step after a reload", async () => {
    await page.getByRole("button", { name: en.start.right }).click();
    await expect(page.getByRole("heading", { name: en.start.step.entries.title })).toBeVisible();
    await page.goto(`${address()}/console/start`);
    await expect(page.getByRole("heading", { name: en.start.step.entries.title })).toBeVisible();
    await go(page, "home");
    await expect(page.getByRole("link", { name: en.start.pill(1, 5) })).toBeVisible();
  });

  await test.step("an empty shop says so, and shows no figure", async () => {
    await expect(page.getByText(en.home.setUpDone(1, 5), { exact: true })).toBeVisible();
    await expect(card(page, en.home.firstWords)).toContainText(en.home.tooLittle);
    await expect(card(page, en.home.withoutStaff)).toContainText(en.home.tooLittle);
    await expect(card(page, en.home.saved)).toContainText(en.baseline.needed);
    await expect(page.getByRole("heading", { name: en.home.nothingTitle })).toBeVisible();
  });

  await test.step("a sheet with three broken rows", async () => {
    await page.getByRole("link", { name: en.home.steps.entriesAction }).click();
    await upload(page, xlsx("tea.xlsx", sheet));
    lap("sheet checked");
    await expect(count(page, good, "ready")).toBeVisible();
    await count(page, 3, "invalid").click();
    const rows = page.getByRole("row");
    await expect(rows).toHaveCount(4);
    for (const [row, column, code] of [
      [good + 2, "answer", "missing_answer"],
      [good + 3, "question", "missing_question"],
      [good + 4, "answer", "answer_too_long"],
    ] as const) {
      const line = rows.filter({ has: page.getByRole("cell", { name: String(row), exact: true }) });
      await expect(line).toContainText(en.import.inColumn(column, en.import.code[code] ?? ""));
      await expect(line).toContainText(en.import.cure[code] ?? "");
    }
    await commit(page, good);
    await expect(page.getByText(en.import.invalidLeft(3))).toBeVisible();
    lap("imported");
  });

  await test.step("the same sheet again changes nothing", async () => {
    await go(page, "knowledge");
    await page.getByRole("link", { name: en.knowledge.import, exact: true }).click();
    await upload(page, xlsx("tea.xlsx", sheet));
    await expect(count(page, good, "exists")).toBeVisible();
    await expect(page.getByRole("button", { name: en.import.nothing })).toBeDisabled();
  });

  await test.step("a CSV file in Big5", async () => {
    await page.getByRole("link", { name: en.import.another }).click();
    await upload(page, big5("茶.csv", chinese));
    await expect(page.getByText(/茶\.csv · CSV · Big5 · comma/)).toBeVisible();
    await commit(page, chinese.length - 1);
  });

  await test.step("search the entries and change one", async () => {
    await page.getByRole("link", { name: en.import.see }).click();
    await expect(
      page.getByText(en.knowledge.total(good + chinese.length - 1), { exact: true }),
    ).toBeVisible();
    await expect(page.getByRole("button", { name: "可以開統一編號嗎？" })).toBeVisible();
    await page.getByLabel(en.knowledge.search, { exact: true }).fill("boiling");
    await expect(page.getByText(en.knowledge.total(1), { exact: true })).toBeVisible();
    await page.getByRole("button", { name: "How hot should the water be for green tea?" }).click();
    const drawer = page.getByRole("dialog", { name: en.entry.edit });
    await drawer
      .getByLabel(en.entry.answer)
      .fill("Take water of 70 °C; boiling water makes green tea bitter.");
    await drawer.getByRole("button", { name: en.act.save }).click();
    await expect(drawer).toBeHidden();
    await expect(page.getByText("Take water of 70 °C")).toBeVisible();
  });

  await test.step("try it", async () => {
    await go(page, "try");
    const box = page.getByRole("textbox", { name: en.try.placeholder });
    await box.fill("what temperature should my water have for green tea");
    await page.getByRole("button", { name: en.try.send, exact: true }).click();
    const talk = page.getByRole("region", { name: en.try.conversation });
    await expect(talk.getByText("Take water of 70 °C")).toBeVisible();
    await expect(talk.getByText(en.decision.direct)).toBeVisible();
    await talk.getByRole("button", { name: /^What was found/ }).click();
    await expect(talk.getByRole("listitem").first()).toContainText(
      "How hot should the water be for green tea?",
    );
    lap("tried");
    await box.fill(unknown);
    await page.getByRole("button", { name: en.try.send, exact: true }).click();
    await expect(
      talk.getByText(new RegExp(`^(${en.decision.abstain}|${en.decision.clarify})$`)),
    ).toBeVisible();
  });

  const line = await test.step("take the line for the shop's page", async () => {
    await go(page, "install");
    await expect(page.getByText(en.install.originsEmpty)).toBeVisible();
    return (await page.locator("pre").textContent()) ?? "";
  });
  const shop = await openShop("Lantern Tea", line);
  tolerance.origins.add(shop.origin);
  await page.getByRole("textbox", { name: en.install.origins }).fill(shop.origin);
  await page.getByRole("button", { name: en.act.save }).click();
  await expect(page.getByText(en.install.originsSaved)).toBeVisible();
  lap("installed");

  await test.step("the first shopper gets the right answer and says so", () =>
    shopping(browser, shop.origin, async (visit) => {
      await ask(visit, "how much is the postage?");
      await expect(log(visit).getByText("Delivery is NT$80, and free from NT$900.")).toBeVisible();
      lap("first shopper's right answer");
      await helped(visit).click();
      await expect(log(visit).getByText("Thank you for telling us.")).toBeVisible();
    }));

  await test.step("the second asks what nobody knows and leaves a contact", () =>
    shopping(browser, shop.origin, async (visit) => {
      await ask(visit, unknown);
      await visit.getByLabel("E-mail, phone or messenger name").fill("ann@example.com");
      await visit.getByRole("button", { name: "Leave contact" }).click();
      await expect(log(visit).getByText("Thank you. The shop will get back to you.")).toBeVisible();
    }));
  await shop.close();
  // The page that the line was taken from has noticed by itself.
  await expect(page.getByText(/^Last opened /)).toBeVisible();

  await test.step("the unknown question is a gap", async () => {
    await go(page, "gaps");
    await expect(page.getByRole("list", { name: en.gaps.list })).toContainText(unknown);
  });

  await test.step("the figures", async () => {
    await page.goto(`${address()}/console/`);
    await expect(page.getByText(en.home.setUpDone(4, 5), { exact: true })).toBeVisible();
    await expect(card(page, en.home.withoutStaff)).toContainText(en.home.ofConversations(1, 2));
    await expect(card(page, en.home.firstWords)).toContainText(en.home.tooLittleBody(2));
    await card(page, en.home.saved).getByRole("button", { name: en.home.steps.baselineAction }).click();
    const form = page.getByRole("dialog", { name: en.baseline.title });
    await expect(form.getByLabel(en.baseline.firstReply)).toBeFocused();
    await form.getByLabel(en.baseline.firstReply).fill("90");
    await form.getByLabel(en.baseline.perConversation).fill("6");
    await form.getByLabel(en.baseline.wage).fill("200");
    await form.getByRole("button", { name: en.baseline.save }).click();
    await expect(form).toBeHidden();
    await expect(card(page, en.home.saved)).toContainText("6 minutes");
    await expect(card(page, en.home.saved)).toContainText("NT$20");
    await card(page, en.home.saved).getByRole("link", { name: en.home.ledger }).click();
    const ledger = page.getByRole("tabpanel", { name: en.figures.tabs.savings });
    await expect(ledger).toContainText("how much is the postage?");
    await expect(ledger).toContainText(en.ledger.outcomes.confirmed ?? "");
    lap("savings shown");
  });

  await test.step("log out, and in again", async () => {
    await page.getByRole("button", { name: en.app.logOut }).click();
    await expect(page.getByRole("heading", { name: en.enter.logInTitle })).toBeVisible();
    await page.getByLabel(en.enter.email).fill(email);
    await page.getByLabel(en.enter.password, { exact: true }).fill("not my password");
    await page.getByRole("button", { name: en.enter.logIn }).click();
    await expect(page.getByRole("main").getByRole("alert")).toHaveText(
      en.problem.reason.bad_credentials ?? "",
    );
    await page.getByLabel(en.enter.password, { exact: true }).fill(password);
    await page.getByRole("button", { name: en.enter.logIn }).click();
    await expect(page.getByRole("heading", { name: en.home.title, level: 1 })).toBeVisible();
  });
});
