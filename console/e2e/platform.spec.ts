import { en } from "../app/src/i18n/en";
import { adminLink } from "./admin";
import { newMerchant, password, shopper } from "./caller";
import { accessible, address, expect, fits, test } from "./fixture";

test("a platform admin: one-time link, suspend, quota, a look inside that the shop sees", async ({
  page,
  browser,
}) => {
  test.slow();
  const merchant = await newMerchant(`Watched ${Date.now()}`);
  const { tenant } = await merchant.tenant.getTenant({});
  const { entry } = await merchant.knowledge.createEntry({
    content: { question: "Do you wrap gifts?", answer: "Yes, for nothing." },
  });
  const name = tenant?.name ?? "";
  await merchant.tenant.setAllowedOrigins({ allowedOrigins: [address()] });
  const widget = shopper(tenant?.publishableKey ?? "");
  await widget.start();

  const link = adminLink("admin@storebot.example");
  await page.goto(link);
  await fits(page, "platform-link");
  await page.getByLabel(en.people.newPassword).fill("short");
  await page.getByRole("button", { name: en.act.save }).click();
  await expect(page.getByText(en.problem.field["password:string.min_len"] ?? "")).toBeVisible();
  await page.getByLabel(en.people.newPassword).fill(password);
  await page.getByRole("button", { name: en.act.save }).click();
  await expect(page.getByRole("heading", { name: en.platform.pages.tenants, level: 1 })).toBeVisible();

  // Once only.
  const again = await (await browser.newContext()).newPage();
  await again.goto(link);
  await again.getByLabel(en.people.newPassword).fill(password);
  await again.getByRole("button", { name: en.act.save }).click();
  await expect(again.getByText(en.problem.reason.link_invalid ?? "")).toBeVisible();
  await again.goto(`${address()}/console/platform/audit`);
  await expect(again.getByRole("heading", { name: en.platform.logInTitle, level: 1 })).toBeVisible();
  await fits(again, "platform-login");
  await again.getByLabel(en.enter.email).fill("admin@storebot.example");
  await again.getByLabel(en.enter.password, { exact: true }).fill(password);
  await again.getByRole("button", { name: en.enter.logIn }).click();
  await expect(again.getByText(en.platform.acts.open_link ?? "").first()).toBeVisible();

  await page.getByLabel(en.platform.search).fill("no shop is called so");
  await expect(page.getByText(en.knowledge.noneTitle)).toBeVisible();
  await page.getByRole("button", { name: en.act.clearFilters }).click();
  await page.getByLabel(en.platform.search).fill(name);
  await expect(page.getByText(en.platform.total(1))).toBeVisible();
  expect(new URL(page.url()).searchParams.get("q")).toContain("Watched");
  await fits(page, "platform-tenants");

  const act = (deed: string) => page.getByRole("button", { name: en.platform.actOn(deed, name) });
  const dialog = page.getByRole("dialog");
  await act(en.platform.suspend).click();
  await dialog.getByRole("button", { name: en.platform.suspend }).click();
  await expect(dialog.locator("[aria-invalid=true]")).toBeVisible(); // a reason is needed
  await dialog.getByLabel(en.platform.reason).fill("did not pay");
  await accessible(page);
  await dialog.getByRole("button", { name: en.platform.suspend }).click();
  await expect(page.getByText(en.platform.suspended)).toBeVisible();
  await expect(widget.start()).rejects.toThrow(/suspended/);
  await expect(merchant.account.whoAmI({})).rejects.toThrow(/suspended/);
  await act(en.platform.resume).click();
  await dialog.getByLabel(en.platform.reason).fill("paid");
  await dialog.getByRole("button", { name: en.platform.resume }).click();
  await expect(page.getByText(en.platform.resumed)).toBeVisible();
  await expect(async () => await widget.start()).toPass();

  await act(en.platform.quota).click();
  await dialog.getByLabel(en.holding.resources.entries).fill("0");
  await dialog.getByLabel(en.platform.reason).fill("small plan");
  await dialog.getByRole("button", { name: en.act.save }).click();
  await expect(page.getByText(en.platform.quotaSaved)).toBeVisible();
  await expect(
    merchant.knowledge.createEntry({ content: { question: "Is it open?", answer: "Yes." } }),
  ).rejects.toThrow(/entries are used up/);

  await act(en.platform.enter).click();
  await dialog.getByLabel(en.platform.reason).fill("they asked for help");
  await dialog.getByRole("button", { name: en.platform.enter }).click();
  await expect(page.getByText(en.holding.visitingBody("they asked for help"))).toBeVisible();
  await expect(page.getByText(en.holding.full(en.holding.resources.entries))).toBeVisible();
  await fits(page, "visit");
  // What would be refused is not offered.
  await page.goto(`${address()}/console/knowledge?entry=${entry?.id}`);
  await expect(page.getByLabel(en.entry.answer)).toBeVisible();
  await expect(page.getByRole("button", { name: en.act.save })).toHaveCount(0);
  await expect(page.getByRole("button", { name: en.act.delete })).toHaveCount(0);
  await page.goto(`${address()}/console/settings/data`);
  await expect(page.getByText("they asked for help", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: en.holding.deleteAct })).toHaveCount(0);
  await page.getByRole("button", { name: en.holding.leave }).click();
  await expect(page.getByRole("heading", { name: en.platform.pages.tenants, level: 1 })).toBeVisible();
  const { visits } = await merchant.tenant.listVisits({});
  expect(visits.map((visit) => [visit.adminEmail, visit.reason, visit.endedAt !== undefined])).toEqual([
    ["admin@storebot.example", "they asked for help", true],
  ]);

  await page.getByRole("link", { name: en.platform.pages.audit }).click();
  await expect(page.getByText("did not pay")).toBeVisible();
  await expect(
    page.getByText(
      `small plan · ${en.platform.used(en.holding.resources.entries, `${en.platform.noLimit} → 0`)}`,
    ),
  ).toBeVisible();
  await fits(page, "platform-audit");
  await page.getByRole("link", { name: en.platform.pages.state }).click();
  await expect(page.getByRole("heading", { name: en.platform.database })).toBeVisible();
  await fits(page, "platform-state");
  await page.getByRole("button", { name: en.app.logOut }).click();
  await expect(page.getByRole("heading", { name: en.platform.logInTitle, level: 1 })).toBeVisible();
});
