import type { Page } from "@playwright/test";
import { en } from "../app/src/i18n/en";
import { newMerchant, shopper } from "./caller";
import { address, expect, test, watch } from "./fixture";

const origin = "https://shop.example";

test("who calls is told in the navigation and in the window's title, on every device until it is read", async ({
  page,
  context,
  browser,
}) => {
  const merchant = await newMerchant("Two Devices");
  await merchant.tenant.setAllowedOrigins({ allowedOrigins: [origin] });
  const { tenant } = await merchant.tenant.getTenant({});
  const buyer = shopper(tenant?.publishableKey ?? "", origin);
  await context.addCookies([merchant.cookie]);
  await page.goto(`${address()}/console/`);
  const telephone = await (await browser.newContext({ locale: "en-US" })).newPage();
  const { wrong } = watch(telephone);
  await telephone.context().addCookies([merchant.cookie]);
  await telephone.goto(`${address()}/console/knowledge`);
  const badge = (at: Page) => at.getByRole("link", { name: en.nav.inbox });
  const told = async (at: Page, title: string, label: string | undefined) => {
    await expect(at).toHaveTitle(title);
    if (label) await expect(badge(at).getByLabel(label)).toBeVisible();
    else await expect(badge(at)).toHaveText(en.nav.inbox);
  };
  const overview = `${en.home.title} · ${en.app.name}`;
  const knowledge = `${en.knowledge.title} · ${en.app.name}`;
  await told(page, overview, undefined);
  await told(telephone, knowledge, undefined);

  await test.step("somebody waits", async () => {
    const token = await buyer.start();
    await buyer.ask(token, "Is the shop open on Sunday?");
    await buyer.client.requestPerson({ conversationToken: token });
    await told(page, `(1) ${overview}`, en.inbox.badge(1, 1));
    await told(telephone, `(1) ${knowledge}`, en.inbox.badge(1, 1));
    const { conversations } = await merchant.inbox.listConversations({ view: 1 });
    const id = conversations[0]?.id ?? "";
    await merchant.inbox.takeOver({ id });
    await merchant.inbox.markRead({ id });
    await told(page, overview, undefined);
    await told(telephone, knowledge, undefined);
    await buyer.ask(token, "Hello, are you there?");
  });

  await test.step("the next words are unread, until one device has shown them", async () => {
    await told(page, `(1) ${overview}`, en.inbox.badge(0, 1));
    await told(telephone, `(1) ${knowledge}`, en.inbox.badge(0, 1));
    await badge(page).click();
    await page.getByRole("tab", { name: en.inbox.views.mine }).click();
    const row = page.getByRole("list", { name: en.inbox.list }).getByRole("link");
    await expect(row.getByLabel(en.inbox.unread(1))).toBeVisible();
    await row.click();
    await expect(page.getByRole("article").getByText("Hello, are you there?")).toBeVisible();
    await expect(row.getByLabel(en.inbox.unread(1))).toHaveCount(0);
    await told(page, `${en.inbox.title} · ${en.app.name}`, undefined);
    await told(telephone, knowledge, undefined);
  });
  expect(wrong).toEqual([]);
});
