import { en } from "../app/src/i18n/en";
import { newMerchant, password } from "./caller";
import { accessible, address, expect, fits, test, watch } from "./fixture";

test("an owner invites somebody, who joins by the link and is removed again", async ({
  page,
  context,
  browser,
}) => {
  const owner = await newMerchant("Invites");
  await context.addCookies([owner.cookie]);
  await page.goto(`${address()}/console/settings/members`);
  await expect(page.getByText(owner.email).first()).toBeVisible();
  await page.getByLabel(en.enter.email).fill("not an address");
  await page.getByRole("button", { name: en.people.send }).click();
  await expect(page.getByText(en.problem.rule["string.email"] ?? "")).toBeVisible();
  const address1 = `ann-${Date.now()}@shop.example`;
  await page.getByLabel(en.enter.email).fill(address1);
  await page.getByLabel(en.people.role, { exact: true }).selectOption("manager");
  await page.getByRole("button", { name: en.people.send }).click();
  const link = await page.getByLabel(en.people.link, { exact: true }).textContent();
  expect(link).toContain(`${address()}/console/join#in_`);
  await accessible(page);
  await page.getByRole("dialog").getByLabel(en.app.close).click();
  await expect(page.getByText(address1)).toBeVisible();
  await fits(page, "settings-members");

  const guest = await browser.newContext();
  const other = await guest.newPage();
  const { wrong } = watch(other);
  await other.goto(link ?? "");
  await expect(other.getByText(owner.email)).toBeVisible();
  await fits(other, "join");
  await other.getByLabel(en.people.joinPassword).fill("short");
  await other.getByRole("button", { name: en.people.join }).click();
  await expect(other.getByText(en.problem.rule["password.min_len"] ?? "")).toBeVisible();
  await other.getByLabel(en.people.joinPassword).fill(password);
  await other.getByRole("button", { name: en.people.join }).click();
  await expect(other.getByText("Invites").first()).toBeVisible();

  // The link is used up.
  const late = await (await browser.newContext()).newPage();
  await late.goto(link ?? "");
  await expect(late.getByText(en.problem.reason.link_invalid ?? "")).toBeVisible();

  await page.reload();
  await page.getByRole("button", { name: en.people.resetTitle(address1) }).click();
  const reset = await page.getByLabel(en.people.link, { exact: true }).textContent();
  await page.getByRole("dialog").getByLabel(en.app.close).click();
  await late.goto("about:blank");
  await late.goto(reset ?? "");
  await fits(late, "reset");
  await late.getByLabel(en.people.newPassword).fill("another ten characters");
  await late.getByRole("button", { name: en.people.changePassword }).click();
  await expect(late.getByText(en.people.resetDone)).toBeVisible();
  // Every session of the account is over.
  await other.goto(`${address()}/console/settings/members`);
  await expect(other.getByRole("heading", { name: en.enter.logInTitle })).toBeVisible();

  await page.getByRole("button", { name: en.people.removeTitle(address1) }).click();
  await page.getByRole("dialog").getByRole("button", { name: en.people.remove }).click();
  await expect(page.getByText(en.people.removed)).toBeVisible();
  await page.getByRole("button", { name: en.people.removeTitle(owner.email) }).click();
  await page.getByRole("dialog").getByRole("button", { name: en.people.remove }).click();
  await expect(page.getByText(en.problem.reason.last_owner ?? "")).toBeVisible();
  expect(wrong).toEqual([]);
});

test("who works in two shops changes between them", async ({ page, context }) => {
  const [first, second] = [await newMerchant("First Shop"), await newMerchant("Second Shop")];
  const { token } = await second.tenant.invite({ email: first.email, role: "agent" });
  await first.account.acceptInvitation({ token, password });
  await context.addCookies([first.cookie]);
  await page.goto(`${address()}/console/settings/members`);
  const shop = page.getByLabel(en.app.shop, { exact: true });
  await expect(shop.locator("option:checked")).toHaveText("Second Shop");
  await expect(page.getByText(second.email).first()).toBeVisible();
  await accessible(page);
  await shop.selectOption("First Shop");
  await expect(page.getByRole("heading", { name: en.home.title, level: 1 })).toBeVisible();
  await expect(shop.locator("option:checked")).toHaveText("First Shop");
  await page.goto(`${address()}/console/settings/members`);
  await expect(page.getByText(first.email).first()).toBeVisible();
  await expect(page.getByText(second.email)).toHaveCount(0);
});

test("a shop takes everything along, and goes after its name was typed", async ({ page, context }) => {
  const owner = await newMerchant("Goes Away");
  await context.addCookies([owner.cookie]);
  await page.goto(`${address()}/console/settings/data`);
  const file = page.waitForEvent("download");
  await page.getByRole("button", { name: en.holding.exportAct }).click();
  expect((await file).suggestedFilename()).toMatch(/^goes-away.*\.zip$/);
  await fits(page, "settings-data");

  await page.getByRole("button", { name: en.holding.deleteAct }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(en.holding.deleteName).fill("Goes");
  await dialog.getByRole("button", { name: en.holding.deleteAct }).click();
  await expect(dialog.getByText(en.problem.reason.name_mismatch ?? "")).toBeVisible();
  await dialog.getByLabel(en.holding.deleteName).fill("Goes Away");
  await dialog.getByRole("button", { name: en.holding.deleteAct }).click();
  await expect(page.getByText(en.holding.deletingBody)).toBeVisible();
  await accessible(page);
  await page.getByRole("button", { name: en.holding.keep }).click();
  await expect(page.getByText(en.holding.deletingBody)).toHaveCount(0);
});

test("a forgotten password: the same answer for every address", async ({ page }) => {
  await page.goto(`${address()}/console/login`);
  await page.getByRole("link", { name: en.people.forgot }).click();
  await expect(page.getByRole("heading", { name: en.people.forgotTitle })).toBeVisible();
  await page.getByLabel(en.enter.email).fill("nobody@shop.example");
  await page.getByRole("button", { name: en.people.forgotSend }).click();
  await expect(page.getByText(en.people.forgotNoMail)).toBeVisible();
  await fits(page, "forgot");
});
