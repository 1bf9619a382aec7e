import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { InboxView, Outcome } from "../app/src/gen/storebot/v1/inbox_pb";
import { type Merchant, newMerchant } from "./caller";
import { ask, field, launcher, log } from "./chat";
import { openFaults } from "./faults";
import { accessible, expect, type Tolerance, test } from "./fixture";
import { openShop } from "./shop";

const person = (page: Page) => page.getByRole("button", { name: "Talk to a person" });

/** closed makes a shop open at no hour of any day that is near. */
async function closed({ inbox }: Merchant): Promise<void> {
  const day = (n: number) => new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10);
  await inbox.setHours({
    hours: {
      openings: [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, opens: 540, closes: 1080 })),
      closedOn: [-1, 0, 1].map(day),
      replyWithinMinutes: 30,
      consentText: consent,
    },
  });
}

const consent = "We use it to answer you, and delete it with the chat.";

/** opened is a shop with somebody in its inbox, and its page, reached over a network that can fail. */
async function opened(page: Page, tolerance: Tolerance, prepare?: (merchant: Merchant) => Promise<void>) {
  const merchant = await newMerchant("Lantern & Loom");
  await prepare?.(merchant);
  const { tenant } = await merchant.tenant.getTenant({});
  const faults = await openFaults();
  const line = `<script async src="${faults.origin}/widget.js" data-key="${tenant?.publishableKey}"></script>`;
  const shop = await openShop("Lantern & Loom", line);
  await merchant.tenant.setAllowedOrigins({ allowedOrigins: [shop.origin] });
  for (const { origin } of [shop, faults]) tolerance.origins.add(origin);
  await page.goto(shop.origin);
  await launcher(page).click();
  return {
    merchant,
    faults,
    shop,
    async waiting(): Promise<string> {
      const { conversations } = await merchant.inbox.listConversations({ view: InboxView.WAITING });
      return conversations[0]?.id ?? "";
    },
    async close() {
      await shop.close();
      await faults.close();
    },
  };
}

test("a person takes over, writes, is read once over a broken network, and hands back", async ({
  page,
  tolerance,
}) => {
  tolerance.errors.push(/net::ERR_|ERR_/);
  const { merchant, faults, waiting, close } = await opened(page, tolerance);
  const { inbox } = merchant;

  const heard = page.evaluate(
    () =>
      new Promise((resolve) => {
        const { storebot } = window as unknown as { storebot: (...call: unknown[]) => void };
        storebot("on", "handedOver", resolve);
      }),
  );
  await ask(page, "Can you engrave a lantern?");
  await expect(log(page).locator("[aria-busy=true]")).toHaveCount(0);
  await person(page).click();
  await expect(page.locator(".standing")).not.toBeEmpty();
  expect(await heard).toEqual({});
  await expect(async () => expect(await waiting()).not.toBe("")).toPass();
  await accessible(page);

  const id = await waiting();
  await inbox.takeOver({ id });
  await inbox.setTyping({ id });
  await expect(page.getByRole("listitem", { name: "Somebody is writing" })).toBeVisible();
  await inbox.reply({ id, clientKey: randomUUID(), text: "Yes, up to ten letters." });
  await expect(log(page).getByText("Yes, up to ten letters.")).toHaveCount(1);
  await accessible(page);

  // What is said while the shopper is cut off comes when they are back, once.
  faults.down = true;
  await inbox.reply({ id, clientKey: randomUUID(), text: "It takes three days." });
  await inbox.reply({ id, clientKey: randomUUID(), text: "Order AB-1234567 is yours." });
  faults.down = false;
  await expect(log(page).getByText("It takes three days.")).toHaveCount(1);
  await expect(log(page).getByText("AB-1234567")).toHaveCount(1);

  await ask(page, "Wonderful, thank you");
  await expect(async () => {
    const { lines } = await inbox.getConversation({ id });
    expect(lines.filter((line) => line.author === "shopper").map((line) => line.text)).toContain(
      "Wonderful, thank you",
    );
  }).toPass();
  await expect(log(page).locator("[aria-busy=true]")).toHaveCount(0);

  await page.reload();
  await launcher(page).click();
  await expect(log(page).getByText("It takes three days.")).toHaveCount(1);
  await expect(log(page).getByText("Wonderful, thank you")).toHaveCount(1);

  // What is said last before it is handed back is read too; then the bot answers again.
  await inbox.reply({ id, clientKey: randomUUID(), text: "Goodbye for now." });
  await inbox.handBack({ id });
  await expect(log(page).getByText("The automatic assistant answers again.")).toBeInViewport();
  await expect(log(page).getByText("Goodbye for now.")).toHaveCount(1);
  await ask(page, "hello");
  await expect(async () => {
    const { lines } = await inbox.getConversation({ id });
    expect(lines.at(-1)?.author).toBe("bot");
  }).toPass();
  await expect(log(page).locator("[aria-busy=true]")).toHaveCount(0);
  await person(page).click();
  await expect(page.locator(".standing")).not.toBeEmpty();
  await inbox.takeOver({ id });
  await inbox.closeConversation({ id, outcome: Outcome.SOLVED });
  const score = page.getByRole("group", {
    name: "How content are you with this chat, from 1, not at all, to 5?",
  });
  await expect(score).toBeVisible();
  await score.getByRole("button", { name: "5" }).click();
  await expect(log(page).getByText("Thank you for telling us.").first()).toBeVisible();
  await accessible(page);
  await close();
});

test("who waits for a person is told once that the connection is lost, until it is back", async ({
  page,
  tolerance,
}) => {
  tolerance.errors.push(/net::ERR_|ERR_/);
  const { merchant, faults, waiting, close } = await opened(page, tolerance);
  const { inbox } = merchant;
  await person(page).click();
  await expect(async () => expect(await waiting()).not.toBe("")).toPass();
  const id = await waiting();
  await inbox.takeOver({ id });
  await inbox.reply({ id, clientKey: randomUUID(), text: "One moment, please." });
  await expect(log(page).getByText("One moment, please.")).toHaveCount(1);

  // A break that is mended at once is not spoken of: the words of the next stream are there without it.
  const told = page.getByRole("dialog").getByText("Connection lost. Trying again.");
  const spoken = page.getByRole("status").getByText("Connection lost. Trying again.");
  const again = () => page.waitForRequest(/ShopperService\/Watch/);
  const mended = again();
  faults.down = true;
  faults.down = false;
  await mended;
  await inbox.reply({ id, clientKey: randomUUID(), text: "Still here." });
  await expect(log(page).getByText("Still here.")).toHaveCount(1);
  await expect(told).toHaveCount(0);

  let tries = 0;
  page.on("request", (request) => {
    if (/ShopperService\/Watch/.test(request.url())) tries++;
  });
  faults.down = true;
  await expect(spoken).toHaveCount(1);
  await accessible(page);
  const before = tries;
  await expect.poll(() => tries, { timeout: 30_000 }).toBeGreaterThanOrEqual(before + 2);
  await inbox.reply({ id, clientKey: randomUUID(), text: "I have found it." });
  // In the header for the eye, in the live region for the ear; there once, however many tries.
  await expect(told).toHaveCount(2);
  await expect(spoken).toHaveCount(1);
  faults.down = false;
  await expect(log(page).getByText("I have found it.")).toHaveCount(1, { timeout: 40_000 });
  await expect(page.getByText("Automatic assistant, day and night")).toBeVisible();
  await expect(told).toHaveCount(1); // what was spoken
  await expect(log(page).getByText("Still here.")).toHaveCount(1);
  await close();
});

test("a person who steps in unasked is heard while the chat is open", async ({ page, tolerance }) => {
  const { merchant, close } = await opened(page, tolerance);
  await ask(page, "hello");
  await expect(log(page).locator("[aria-busy=true]")).toHaveCount(0);
  const { conversations } = await merchant.inbox.listConversations({ view: InboxView.ALL });
  const id = conversations[0]?.id ?? "";
  await merchant.inbox.takeOver({ id });
  await merchant.inbox.reply({ id, clientKey: randomUUID(), text: "May I help?" });
  await expect(log(page).getByText("May I help?")).toHaveCount(1);
  await close();
});

test("a word of the shop marks the launcher of a closed chat, on the next page too", async ({
  page,
  tolerance,
}) => {
  const { merchant, waiting, close } = await opened(page, tolerance);
  await person(page).click();
  await expect(async () => expect(await waiting()).not.toBe("")).toPass();
  const id = await waiting();
  await merchant.inbox.takeOver({ id });
  await page.reload(); // as a link within the shop does
  await expect(launcher(page)).toBeVisible();
  await merchant.inbox.reply({ id, clientKey: randomUUID(), text: "Here I am." });
  await expect(page.locator("[data-news]")).toBeVisible();
  await launcher(page).click();
  await expect(log(page).getByText("Here I am.")).toHaveCount(1);
  await close();
});

test("outside of opening hours a contact is asked for, and stored once", async ({ page, tolerance }) => {
  tolerance.errors.push(/net::ERR_|ERR_/);
  const { merchant, waiting, close } = await opened(page, tolerance, closed);
  await person(page).click();
  await expect(page.locator(".standing")).toContainText("09:00");
  await expect(log(page).getByText(consent)).toBeVisible();
  await accessible(page);
  const reach = page.getByLabel("E-mail, phone or messenger name");
  await reach.fill("mei@shop.example");
  // The reply to the first sending is lost: the shopper sends again.
  let lost = 0;
  await page.route(/ShopperService\/LeaveContact/, async (route) => {
    if (lost++ > 0) return route.continue();
    await route.fetch();
    return route.abort();
  });
  const leave = page.getByRole("button", { name: "Leave contact" });
  await leave.click();
  await expect(log(page).getByText("This could not be sent.")).toBeVisible();
  await leave.click();
  await expect(log(page).getByText("Thank you. The shop will get back to you.")).toBeVisible();
  const { contacts } = await merchant.inbox.getConversation({ id: await waiting() });
  expect(contacts.map((contact) => contact.reach)).toEqual(["mei@shop.example"]);
  await expect(field(page)).toBeVisible();
  await close();
});
