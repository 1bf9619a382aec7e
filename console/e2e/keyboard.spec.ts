import { en } from "../app/src/i18n/en";
import { newMerchant, shopper } from "./caller";
import { address, expect, test } from "./fixture";
import { focusSeen, handsOffMouse, press, reach } from "./keyboard";

const origin = "https://shop.example";

test("a shift in the inbox without a mouse", async ({ page, context }) => {
  test.slow();
  const untouched = await handsOffMouse(page);
  const merchant = await newMerchant("No Mouse");
  await merchant.tenant.setAllowedOrigins({ allowedOrigins: [origin] });
  await merchant.knowledge.createEntry({
    content: { question: "How long does delivery take?", answer: "Two days.", language: "en" },
  });
  const { tenant } = await merchant.tenant.getTenant({});
  const buyer = shopper(tenant?.publishableKey ?? "", origin);
  const first = await buyer.start();
  await buyer.ask(first, "I want to talk to a person");
  await buyer.ask(first, "How long does delivery take?");
  const second = await buyer.start();
  await buyer.ask(second, "Do you repair teapots?");
  await buyer.client.requestPerson({ conversationToken: second });
  await context.addCookies([merchant.cookie]);
  await page.goto(`${address()}/console/inbox`);

  const rows = page.getByRole("list", { name: en.inbox.list }).getByRole("link");
  const talk = page.locator("#talk");
  const button = (name: string) => talk.getByRole("button", { name, exact: true });
  const reply = page.getByLabel(en.inbox.replyLabel);
  await expect(rows).toHaveCount(2);

  await test.step("past the navigation, into the conversation that waits longest", async () => {
    await reach(page, page.getByRole("link", { name: en.app.skip }));
    await press(page, "Enter");
    await expect(page.locator("#content")).toBeFocused();
    await reach(page, rows.first());
    await press(page, "Enter");
    await expect(page.getByText(en.inbox.waitsNow)).toBeVisible();
    await expect(talk).toBeFocused();
  });

  await test.step("taken over, answered from a suggestion, and once more by hand", async () => {
    await reach(page, button(en.inbox.takeOver));
    await press(page, "Enter");
    await expect(page.getByText(en.inbox.mineNow)).toBeVisible();
    await expect(reply).toBeFocused();
    await buyer.ask(first, "How long does delivery take?");
    await reach(page, button(en.inbox.use("How long does delivery take?")), "Shift+Tab");
    await press(page, "Enter");
    await expect(reply).toBeFocused();
    await expect(reply).toHaveValue("Two days.");
    await press(page, "Control+Enter");
    await expect(talk.getByRole("article").filter({ hasText: "Two days." })).toHaveCount(1);
    await expect(reply).toHaveValue("");
    await page.keyboard.type("From tomorrow on.");
    await reach(page, button(en.inbox.send));
    await press(page, "Enter");
    await expect(reply).toHaveValue("");
    await expect(reply).toBeFocused();
  });

  await test.step("a private note", async () => {
    await reach(page, page.getByRole("radio", { name: en.inbox.mode.reply }), "Shift+Tab");
    await press(page, "ArrowRight");
    const note = page.getByLabel(en.inbox.noteLabel);
    await reach(page, note);
    await page.keyboard.type("Was patient.");
    await reach(page, button(en.inbox.saveNote));
    await press(page, "Enter");
    await expect(talk.getByRole("article").filter({ hasText: "Was patient." })).toBeVisible();
    await expect(note).toBeFocused();
    await press(page, "Escape");
    await expect(talk).toBeFocused();
  });

  await test.step("handed back, and closed with an outcome", async () => {
    await reach(page, button(en.inbox.handBack));
    await press(page, "Enter");
    await expect(page.getByText(en.inbox.botNow)).toBeVisible();
    await focusSeen(page);
    await reach(page, button(en.inbox.close));
    await press(page, "Enter");
    const menu = page.getByRole("menu");
    await expect(menu).toBeVisible();
    await press(page, "Escape");
    await expect(menu).toHaveCount(0);
    await expect(button(en.inbox.close)).toBeFocused();
    await press(page, "Enter");
    await reach(
      page,
      menu.getByRole("menuitem", { name: en.inbox.outcome.solved, exact: true }),
      "ArrowDown",
    );
    await press(page, "Enter");
    await expect(page.getByText(en.inbox.closedNow(en.inbox.outcome.solved))).toBeVisible();
    await focusSeen(page);
  });

  await test.step("on to the next, back to its row, and to another view", async () => {
    await press(page, "j");
    await expect(talk.getByRole("article").filter({ hasText: "teapots" }).first()).toBeVisible();
    await expect(talk).toBeFocused();
    await press(page, "r");
    await expect(reply).toBeFocused();
    await page.keyboard.type("jkr"); // letters, while one writes
    await expect(reply).toHaveValue("jkr");
    await press(page, "Escape");
    await press(page, "Escape");
    await expect(rows).toHaveCount(1);
    await expect(rows.first()).toBeFocused();
    await reach(page, page.getByRole("tab", { name: en.inbox.views.waiting }), "Shift+Tab");
    await reach(page, page.getByRole("tab", { name: en.inbox.views.all }), "ArrowRight");
    await expect(page).toHaveURL(/view=all/);
    await expect(rows).toHaveCount(2);
  });
  await untouched();
});

/** Where a dialog opens, and the button that opens it. */
const dialogs = [
  { path: "", button: en.home.steps.baselineAction },
  { path: "knowledge", button: en.knowledge.add },
  { path: "products", button: en.products.add },
  { path: "checks", button: en.checks.add },
  { path: "settings/data", button: en.holding.deleteAct },
];

test("every dialog is left by Escape, and gives the focus back", async ({ page, context }) => {
  const untouched = await handsOffMouse(page);
  const merchant = await newMerchant("Dialogs");
  await context.addCookies([merchant.cookie]);
  for (const { path, button } of dialogs)
    await test.step(path || "overview", async () => {
      await page.goto(`${address()}/console/${path}`);
      const opener = page.getByRole("main").getByRole("button", { name: button, exact: true }).first();
      await expect(opener).toBeEnabled();
      await reach(page, page.getByRole("link", { name: en.app.skip }));
      await press(page, "Enter");
      await reach(page, opener);
      await press(page, "Enter");
      const dialog = page.getByRole("dialog");
      await expect(dialog).toBeVisible();
      await expect.poll(() => dialog.evaluate((one) => one.contains(document.activeElement))).toBe(true);
      await press(page, "Escape");
      await expect(dialog).toHaveCount(0);
      await expect(opener).toBeFocused();
      await focusSeen(page);
    });
  await untouched();
});
