import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { Outcome } from "../app/src/gen/storebot/v1/inbox_pb";
import { ConversationState, Decision, type WatchResponse } from "../app/src/gen/storebot/v1/shopper_pb";
import { en } from "../app/src/i18n/en";
import { type Merchant, newMerchant, shopper } from "./caller";
import { accessible, address, expect, noSidewaysScroll, test } from "./fixture";

const origin = "https://shop.example";

/** Stand is a shop of its own with one entry, and a shopper in it. */
async function newStand(): Promise<{ merchant: Merchant; buyer: ReturnType<typeof shopper>; token: string }> {
  const merchant = await newMerchant("Tea House");
  await merchant.tenant.setAllowedOrigins({ allowedOrigins: [origin] });
  await merchant.knowledge.createEntry({
    content: { question: "How long does delivery take?", answer: "Two days.", language: "en" },
  });
  const { tenant } = await merchant.tenant.getTenant({});
  const buyer = shopper(tenant?.publishableKey ?? "", origin);
  return { merchant, buyer, token: await buyer.start() };
}

/** listen opens the shopper's own stream; said waits for an event that fits. */
function listen(buyer: ReturnType<typeof shopper>, conversationToken: string) {
  const line = new AbortController();
  const heard: WatchResponse["event"][] = [];
  const ended = (async () => {
    try {
      for await (const { event } of buyer.client.watch({ conversationToken }, { signal: line.signal }))
        heard.push(event);
    } catch (error) {
      if (!line.signal.aborted) throw error;
    }
  })();
  return {
    heard,
    said: (fits: (event: WatchResponse["event"]) => boolean) =>
      expect.poll(() => heard.some(fits), { timeout: 15_000 }).toBe(true),
    async stop() {
      line.abort();
      await ended;
    },
  };
}

const rows = (page: Page) => page.getByRole("list", { name: en.inbox.list }).getByRole("listitem");

test("a shopper who asks for a person gets one, and the assistant back", async ({ page, context }) => {
  const { merchant, buyer, token } = await newStand();
  await context.addCookies([merchant.cookie]);
  await page.goto(`${address()}/console/inbox`);
  await expect(page.getByText(en.inbox.empty.waiting[0])).toBeVisible();
  await accessible(page);

  // The shopper asks in their own words; nobody reloads the page.
  const { done } = await buyer.ask(token, "I want to talk to a person");
  expect(done?.state).toBe(ConversationState.WAITING);
  const line = listen(buyer, token);
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText(en.inbox.reason.asked);
  await expect(page.getByRole("link", { name: en.nav.inbox })).toContainText("1");
  await line.said((event) => event.case === "handOver" && event.value.state === ConversationState.WAITING);

  await page.keyboard.press("j");
  await expect(page.getByText(en.inbox.waitsNow)).toBeVisible();
  await expect(page.getByRole("article").getByText(en.inbox.reason.asked)).toBeVisible();
  await page.getByRole("button", { name: en.inbox.takeOver }).click();
  await expect(page.getByText(en.inbox.mineNow)).toBeVisible();
  await line.said((event) => event.case === "message" && event.value.event === "joined");

  // The assistant is silent, and the words for a person arrive there as they were written.
  const question = await buyer.ask(token, "How long does delivery take? Write to mei@tea.example");
  expect(question.done?.decision).toBe(Decision.HANDED_OVER);
  expect(question.done?.text).toBe("");
  await expect(page.getByText("Write to mei@tea.example")).toBeVisible();
  await page.getByRole("button", { name: en.inbox.use("How long does delivery take?") }).click();
  await expect(page.getByLabel(en.inbox.replyLabel)).toHaveValue("Two days.");
  await line.said((event) => event.case === "typing");
  await page.keyboard.press("Control+Enter");
  await line.said(
    (event) => event.case === "message" && event.value.author === "staff" && event.value.text === "Two days.",
  );
  await expect(page.getByRole("article").filter({ hasText: "Two days." })).toBeVisible();

  await page.getByText(en.inbox.mode.note).click();
  await page.getByLabel(en.inbox.noteLabel).fill("A regular, be nice.");
  await page.getByRole("button", { name: en.inbox.saveNote }).click();
  await expect(page.getByText(en.inbox.note)).toBeVisible();
  await accessible(page);
  await page.screenshot({ path: test.info().outputPath("inbox.png") });

  await page.getByRole("button", { name: en.inbox.handBack }).click();
  await expect(page.getByText(en.inbox.botNow)).toBeVisible();
  await line.said((event) => event.case === "message" && event.value.event === "handed_back");
  const again = await buyer.ask(token, "How long does delivery take?");
  expect(again.done?.decision).toBe(Decision.DIRECT);

  await page.getByRole("button", { name: en.inbox.close }).click();
  await page.getByRole("menuitem", { name: en.inbox.outcome.solved, exact: true }).click();
  await expect(page.getByText(en.inbox.closedNow(en.inbox.outcome.solved))).toBeVisible();
  await line.stop();

  // Nothing private ever left, and a later visit finds the same words in the same order.
  const { messages } = await buyer.client.listMessages({ conversationToken: token });
  expect(
    JSON.stringify(messages, (_, value) => (typeof value === "bigint" ? String(value) : value)),
  ).not.toContain("regular");
  const watched = line.heard.flatMap((event) => (event.case === "message" ? [event.value.position] : []));
  expect(watched).toEqual([...new Set(watched)].sort((a, b) => a - b));
  expect(messages.filter((one) => one.position > 0).map((one) => one.position)).toEqual(watched);
});

test("a reply that did not get through is kept and sent once", async ({ page, context, tolerance }) => {
  tolerance.errors.push(/ERR_FAILED|net::/);
  const { merchant, buyer, token } = await newStand();
  await buyer.client.requestPerson({ conversationToken: token });
  await context.addCookies([merchant.cookie]);
  await page.goto(`${address()}/console/inbox`);
  await rows(page).getByRole("link").click();
  await expect(page.getByLabel(en.inbox.replyLabel)).toBeVisible();
  let broken = true;
  await page.route(/InboxService\/Reply/, async (route) => {
    if (!broken) return route.continue();
    broken = false;
    // It arrives, and the answer is lost.
    await route.fetch();
    await route.abort();
  });
  await page.keyboard.press("r");
  await page.keyboard.type("Hello from the shop");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText(en.inbox.notSent)).toBeVisible();
  await page.getByRole("button", { name: en.inbox.sendAgain }).click();
  await expect(page.getByLabel(en.inbox.replyLabel)).toHaveValue("");
  const { messages } = await buyer.client.listMessages({ conversationToken: token });
  expect(messages.filter((one) => one.author === "staff")).toHaveLength(1);
});

test("on a telephone the list and the conversation take turns", async ({ page, context }) => {
  const { merchant, buyer, token } = await newStand();
  await buyer.ask(token, "Do you sell umbrellas made of glass?");
  await buyer.client.leaveContact({
    conversationToken: token,
    name: "Mei",
    reach: "mei@tea.example",
    clientKey: randomUUID(),
  });
  await page.setViewportSize({ width: 375, height: 720 });
  await context.addCookies([merchant.cookie]);
  await page.goto(`${address()}/console/inbox`);
  await expect(rows(page)).toContainText("Mei");
  await accessible(page);
  await page.screenshot({ path: test.info().outputPath("list-375.png") });
  await rows(page).getByRole("link").click();
  await expect(page.getByText("mei@tea.example")).toBeVisible();
  await expect(rows(page)).toBeHidden();
  await noSidewaysScroll(page);
  await accessible(page);
  await page.screenshot({ path: test.info().outputPath("talk-375.png"), fullPage: true });
  await page.keyboard.press("Escape");
  await expect(rows(page)).toBeVisible();
  const { conversations } = await merchant.inbox.listConversations({ view: 1 });
  await merchant.inbox.closeConversation({ id: conversations[0]?.id, outcome: Outcome.NO_ANSWER });
  await expect(page.getByText(en.inbox.empty.waiting[0])).toBeVisible();
});

test("hours are set and shoppers are told", async ({ page, context }) => {
  const { merchant, buyer, token } = await newStand();
  await context.addCookies([merchant.cookie]);
  await page.goto(`${address()}/console/settings/hours`);
  await expect(page.getByText(en.hours.now.unknown)).toBeVisible();
  // One minute a week, so that the shop is closed but for that.
  const far = new Date(Date.now() + 3 * 86_400_000).getDay();
  await page.getByRole("button", { name: en.hours.addLabel(en.hours.days[far] ?? "") }).click();
  await page.getByLabel(en.hours.away).fill("We drink tea.");
  await accessible(page);
  await page.getByRole("button", { name: en.act.save }).click();
  await expect(page.getByText(en.hours.saved)).toBeVisible();
  await page.screenshot({ path: test.info().outputPath("hours.png"), fullPage: true });
  await page.setViewportSize({ width: 375, height: 720 });
  await noSidewaysScroll(page);
  await page.screenshot({ path: test.info().outputPath("hours-375.png"), fullPage: true });
  const { handOver } = await buyer.client.requestPerson({ conversationToken: token });
  expect(handOver?.text).toMatch(/^We drink tea\. They are back on \w+, .* at 09:00 \(UTC\+8\)\./);
  expect(handOver?.opensAt).toBeTruthy();
});
