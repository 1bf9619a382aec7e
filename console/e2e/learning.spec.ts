// How a shop gets better: a question that nothing answered becomes an entry, and
// what was mended is kept from breaking again.
import type { Locator } from "@playwright/test";
import { en } from "../app/src/i18n/en";
import { type Merchant, newMerchant, shopper } from "./caller";
import { address, expect, fits, test } from "./fixture";
import { csv } from "./sheet";

const wrapping = "Do you wrap the tins as a present?";

/** entries are what the shop knows at first. */
const entries = [
  ["How much does delivery cost?", "Delivery is NT$80.", "shipping fee"],
  ["Can I return an opened tin?", "Opened tins cannot be returned.", ""],
  ["Where is your shop?", "At 12 Lantern Lane in Tainan.", "address of the store"],
] as const;

let merchant: Merchant;
let key = "";

test.beforeAll(async () => {
  merchant = await newMerchant("Gap Tea");
  for (const [question, answer, phrasing] of entries)
    await merchant.knowledge.createEntry({
      content: { question, answer, phrasings: phrasing ? [phrasing] : [] },
    });
  await merchant.tenant.setAllowedOrigins({ allowedOrigins: [address()] });
  key = (await merchant.tenant.getTenant({})).tenant?.publishableKey ?? "";
});

test.beforeEach(({ context }) => context.addCookies([merchant.cookie]));

/** asked is what a shopper in a conversation of their own gets. */
async function asked(question: string): Promise<string> {
  const visitor = shopper(key);
  const { done } = await visitor.ask(await visitor.start(), question);
  return done?.text ?? "";
}

const save = (within: Locator) => within.getByRole("button", { name: en.act.save });

test("a question that nothing answers becomes an entry, a check, and a warning", async ({ page }) => {
  await asked(wrapping);
  await asked("could you wrap the tins as a present please");

  await test.step("its gap says how often it was asked, and becomes an entry", async () => {
    await page.goto(`${address()}/console/gaps`);
    const gaps = page.getByRole("list", { name: en.gaps.list });
    await expect(gaps.getByRole("listitem")).toHaveCount(1);
    await expect(gaps).toContainText("2 conversations");
    await gaps.getByRole("button", { name: en.gaps.write }).click();
    const drawer = page.getByRole("dialog", { name: en.gaps.one.title });
    await drawer.getByRole("button", { name: en.gaps.one.conversation }).first().click();
    await expect(drawer.getByText(en.gaps.one.bot).first()).toBeVisible();
    await drawer.getByLabel(en.entry.answer).fill("Yes: every tin can be wrapped, for NT$30.");
    await save(drawer).click();
    await expect(page.getByText(en.gaps.emptyTitle)).toBeVisible();
  });

  await test.step("whoever asks it now is answered", async () => {
    await expect.poll(() => asked(wrapping)).toBe("Yes: every tin can be wrapped, for NT$30.");
  });

  await test.step("its questions are checks, and pass", async () => {
    await page.goto(`${address()}/console/checks`);
    await expect(page.getByText(en.checks.passed(2, 2))).toBeVisible();
  });

  await test.step("an edit that breaks them is not saved before it has said so", async () => {
    await page.goto(`${address()}/console/knowledge`);
    await page.getByRole("button", { name: /wrap the tins/ }).click();
    const drawer = page.getByRole("dialog", { name: en.entry.edit });
    await drawer.getByLabel(en.entry.question, { exact: true }).fill("What is in the gift box?");
    await drawer.getByLabel(en.entry.answer).fill("Two tins and a card.");
    await drawer.getByRole("button", { name: en.entry.remove(1), exact: true }).click();
    await save(drawer).click();
    const warning = drawer.getByRole("alert");
    await expect(warning).toContainText(en.checks.preview.title(2));
    await expect(warning).toContainText(wrapping);
    await fits(page);
    expect(await asked(wrapping)).toBe("Yes: every tin can be wrapped, for NT$30.");
    await drawer.getByRole("button", { name: en.checks.preview.anyway }).click();
    await expect(drawer).toBeHidden();
  });

  await test.step("the checks show what is broken", async () => {
    await page.goto(`${address()}/console/checks?show=failed`);
    await expect(page.getByText(en.checks.passed(0, 2))).toBeVisible();
    await expect(page.getByRole("list", { name: en.checks.list })).toContainText(wrapping);
  });
});

test("a wrong answer is corrected where it is tried", async ({ page }) => {
  await page.goto(`${address()}/console/try`);
  await page.getByRole("textbox", { name: en.try.placeholder }).fill("what do you charge to send it");
  await page.keyboard.press("Enter");
  const talk = page.getByRole("region", { name: en.try.conversation });
  await talk.getByRole("button", { name: en.try.wrong }).click();
  const dialog = page.getByRole("dialog", { name: en.try.correct.title });
  await dialog.getByRole("radio", { name: "How much does delivery cost?" }).check();
  await fits(page);
  await save(dialog).click();
  // It is asked again in its place, and knows.
  await expect(talk.getByText("Delivery is NT$80.").first()).toBeVisible();
  await expect(talk.getByText("what do you charge to send it")).toHaveCount(1);
  const { checks } = await merchant.learning.listChecks({});
  expect(checks.find((check) => check.question === "what do you charge to send it")?.entryQuestion).toBe(
    "How much does delivery cost?",
  );
});

test("a wrong answer is corrected to a product, whose row answers from then on", async ({ page }) => {
  const question = "that fuzzy one my aunt drinks, please";
  await merchant.product.saveProduct({
    product: { sku: "TEA-7", name: "Winter oolong", price: "1299", currency: "TWD", stock: 9 },
  });
  await page.goto(`${address()}/console/try`);
  const box = page.getByRole("textbox", { name: en.try.placeholder });
  await box.fill(question);
  await page.keyboard.press("Enter");
  const talk = page.getByRole("region", { name: en.try.conversation });
  await talk.getByRole("button", { name: en.try.wrong }).click();
  const dialog = page.getByRole("dialog", { name: en.try.correct.title });
  await dialog.getByRole("textbox", { name: en.try.correct.search }).fill("tea-7");
  await dialog.getByRole("radio", { name: "Winter oolong" }).check();
  await fits(page);
  await save(dialog).click();
  await expect(page.getByText(en.try.correct.learnt)).toBeVisible();
  await expect(talk.getByRole("link", { name: "Winter oolong" })).toBeVisible();
  await expect(talk.getByText(question)).toHaveCount(1);
  // Shoppers get the row too, in other courtesy and of what they ask.
  await expect.poll(() => asked("How much is the fuzzy one my aunt drinks?")).toContain("NT$1,299");
  await page.goto(`${address()}/console/checks`);
  const check = page.getByRole("listitem").filter({ hasText: question });
  await expect(check).toContainText("Winter oolong");
  await expect(check).toContainText(en.checks.outcome.right);
  // The phrasing stands with the product, to be seen and taken away.
  await page.goto(`${address()}/console/products?q=TEA-7`);
  await page.getByRole("button", { name: "Winter oolong" }).click();
  const drawer = page.getByRole("dialog", { name: en.products.form.edit });
  await expect(drawer.getByRole("textbox", { name: en.entry.phrasing(1) })).toHaveValue(question);
  await fits(page);
});

test("a lesson that is not answered by says so", async ({ page }) => {
  await merchant.product.saveProduct({ product: { sku: "CUP-1", name: "Small cup" } }); // nothing is told of it
  await page.goto(`${address()}/console/try`);
  await page.getByRole("textbox", { name: en.try.placeholder }).fill("how big is the round thing");
  await page.keyboard.press("Enter");
  const talk = page.getByRole("region", { name: en.try.conversation });
  await talk.getByRole("button", { name: en.try.wrong }).click();
  const dialog = page.getByRole("dialog", { name: en.try.correct.title });
  await dialog.getByRole("textbox", { name: en.try.correct.search }).fill("CUP-1");
  await dialog.getByRole("radio", { name: "Small cup" }).check();
  await save(dialog).click();
  await expect(page.getByText(en.try.correct.fails(en.checks.outcome.missed))).toBeVisible();
});

test("what many changes at once would break is told before they are made", async ({ page }) => {
  const careful = await newMerchant("Careful Tea");
  await page.context().clearCookies();
  await page.context().addCookies([careful.cookie]);
  const said = [
    ["How much does delivery cost?", "Delivery is NT$80."],
    ["Can I return an opened tin?", "Opened tins cannot be returned."],
    ["Where is your shop?", "At 12 Lantern Lane in Tainan."],
    ["Do you sell gift boxes?", "Yes, three sizes."],
  ] as const;
  for (const [question, answer] of said) {
    const { entry } = await careful.knowledge.createEntry({ content: { question, answer } });
    if (question !== "Do you sell gift boxes?")
      await careful.learning.createCheck({ question, entryId: entry?.id });
  }
  const one = en.checks.preview.title(1);

  await test.step("an import that takes a question away from another entry", async () => {
    await page.goto(`${address()}/console/knowledge/import`);
    await page.locator("input[type=file]").setInputFiles(
      csv("faq.csv", [
        ["question", "answer", "phrasings"],
        ["Where is your shop?", "At 14 Lantern Lane in Tainan.", ""],
        [
          "Which shop is this?",
          "Careful Tea.",
          "Where is your shop?|Where is your shop|where is your shop located",
        ],
        ["Do you deliver on Sundays?", "No.", ""],
      ]),
    );
    await expect(page.getByRole("alert")).toContainText(one);
    await expect(page.getByRole("alert")).toContainText("Where is your shop?");
    await fits(page);
    // Mended in place, it breaks nothing.
    await page.getByRole("button", { name: en.import.editRow(3), exact: true }).click();
    const form = page.getByRole("form", { name: en.import.editRow(3) });
    await form.getByLabel(en.entry.phrasings).fill("");
    await form.getByRole("button", { name: en.import.editCheck }).click();
    await expect(page.getByText(en.checks.preview.fine(3))).toBeVisible();
    await fits(page);
    expect((await careful.knowledge.listEntries({})).total).toBe(4);
  });

  await test.step("making drafts of many asks only if a check breaks by it", async () => {
    await page.goto(`${address()}/console/knowledge`);
    await page.getByLabel(en.knowledge.select("Do you sell gift boxes?")).check();
    await page.getByRole("button", { name: en.knowledge.change, exact: true }).click();
    await page.getByRole("menuitem", { name: en.knowledge.unpublish }).click();
    await expect(page.getByText(en.knowledge.unpublished(1))).toBeVisible();
    await page.getByLabel(en.knowledge.select("Can I return an opened tin?")).check();
    await page.getByRole("button", { name: en.knowledge.change, exact: true }).click();
    await page.getByRole("menuitem", { name: en.knowledge.unpublish }).click();
    const question = page.getByRole("dialog");
    await expect(question.getByRole("alert")).toContainText(one);
    await fits(page);
    await question.getByRole("button", { name: en.act.cancel }).click();
    await expect(question).toBeHidden();
  });

  await test.step("deleting all that fit says which answers go with them", async () => {
    await page.goto(`${address()}/console/knowledge`);
    await page.getByLabel(en.knowledge.selectAll).check();
    await page.getByRole("button", { name: en.act.delete }).click();
    const question = page.getByRole("dialog");
    await expect(question.getByRole("alert")).toContainText(en.checks.preview.title(3));
    await fits(page);
    await question.getByRole("button", { name: en.checks.preview.deleteAnyway }).click();
    await expect(page.getByText(en.knowledge.deleted(4))).toBeVisible();
  });
});
