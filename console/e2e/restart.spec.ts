// The server ends and starts again, by a deploy or a crash, while a shopper is
// in the middle of something: on the real binary, with data and a port of its own.
import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { Strictness, Tone } from "../app/src/gen/storebot/v1/answering_pb";
import { InboxView } from "../app/src/gen/storebot/v1/inbox_pb";
import { type Merchant, newMerchant, shopper } from "./caller";
import { ask, field, launcher, log } from "./chat";
import { accessible, expect, type Tolerance, test } from "./fixture";
import { chatModel, type Model, openModel } from "./model";
import { type Installation, install } from "./process";
import { openShop, type Shop } from "./shop";

const endings = [
  ["a deploy", "SIGTERM"],
  ["a crash", "SIGKILL"],
] as const;

const entries = [
  ["How much is shipping?", "Shipping is free from $50, else $4."],
  ["Which payment methods do you take?", "Cards, Apple Pay and bank transfer, no cheques."],
  ["Can I get a refund?", "Within 14 days, unused."],
] as const;

/** Several entries answer it perhaps: the model is asked. */
const unsure = "shipping or refund";

/** How long a slow model's reply goes on after the process was told to end, in milliseconds; it has 8 s for the whole. */
const slow = 6_500;

let model: Model;
let server: Installation;
let merchant: Merchant;
let shop: Shop;
let key = "";

test.beforeAll(async () => {
  model = await openModel();
  server = await install(
    "serve",
    `--ollama-host=${model.host}`,
    `--chat-model=${chatModel}`,
    "--embed-model=none",
  );
  merchant = await newMerchant("Lantern & Loom", server.base);
  for (const [question, answer] of entries)
    await merchant.knowledge.createEntry({ content: { question, answer } });
  // A busy machine is not what this is about: the model's first words have time.
  await merchant.answering.updateAnswering({
    answering: { strictness: Strictness.SURE, tone: Tone.PLAIN, answerBudgetMs: 10_000 },
  });
  const { tenant } = await merchant.tenant.getTenant({});
  key = tenant?.publishableKey ?? "";
  shop = await openShop(
    "Lantern & Loom",
    `<script async src="${server.base}/widget.js" data-key="${key}"></script>`,
  );
  await merchant.tenant.setAllowedOrigins({ allowedOrigins: [shop.origin] });
});

test.afterAll(async () => {
  await shop.close();
  await server.remove();
  await model.close();
});

/** visit opens the widget on the shop's page, and notes each text that it ever showed. */
async function visit(page: Page, tolerance: Tolerance): Promise<() => Promise<string[]>> {
  for (const { origin } of [shop, new URL(server.base)]) tolerance.origins.add(origin);
  tolerance.errors.push(/net::ERR_/);
  await page.goto(shop.origin);
  await launcher(page).click();
  await expect(log(page).getByText("Often asked")).toBeVisible();
  await log(page).evaluate((region) => {
    const shown = new Set<string>();
    (window as unknown as { shown: Set<string> }).shown = shown;
    new MutationObserver(() => {
      for (const p of region.querySelectorAll(".bot .text, .bot details")) shown.add(p.textContent ?? "");
    }).observe(region, { childList: true, subtree: true, characterData: true });
  });
  return () => page.evaluate(() => [...(window as unknown as { shown: Set<string> }).shown]);
}

/** stored are the messages of the page's conversation, as the server has them. */
async function stored(page: Page) {
  const conversationToken = await page.evaluate(() => {
    const name = Object.keys(localStorage).find((name) => name.startsWith("storebot:pk_"));
    return JSON.parse(localStorage.getItem(name ?? "") ?? "{}").token as string;
  });
  const { messages } = await shopper(key, shop.origin, server.base).client.listMessages({
    conversationToken,
  });
  return messages.map(({ author, text }) => [author, text]);
}

/** shown are the shopper's questions on the page, each with the words under it. */
const shown = (page: Page) =>
  log(page)
    .locator("li:has(.me)")
    .evaluateAll((items) =>
      items.map((item) => [
        item.querySelector(".me")?.lastChild?.textContent,
        item.querySelector(".bot .text")?.textContent ?? "",
      ]),
    );

const settled = (page: Page) =>
  expect(log(page).locator("[aria-busy=true]")).toHaveCount(0, { timeout: 45_000 });
const lost = (page: Page) => log(page).getByText("Something got in the way. Trying again.");

for (const [name, signal] of endings)
  test(`${name} in the middle of a reply loses no word and doubles none`, async ({ page, tolerance }) => {
    await visit(page, tolerance);
    model.pieces = ["Shipping is free from $50 [1]. Else ", "it is $4 [1]."];
    model.held = true;
    const before = model.asked;
    await ask(page, unsure);
    await expect(log(page).getByText("Shipping is free from $50.", { exact: true })).toBeVisible();
    const ended = server.end(signal);
    if (signal === "SIGTERM") {
      // What is being said is said to its end by the process that goes, however slow the model is.
      const told = Date.now();
      setTimeout(() => {
        model.held = false;
      }, slow);
      await settled(page);
      expect(Date.now() - told).toBeGreaterThanOrEqual(slow);
      expect(await ended).toBe(0);
      await expect(lost(page)).toHaveCount(0);
    } else {
      await ended;
      await expect(lost(page)).toBeVisible();
      await expect(log(page).getByText("Shipping is free from $50.", { exact: true })).toBeVisible();
      await accessible(page);
      await field(page).fill("half a thought");
      model.held = false;
      await server.start();
      await settled(page);
      await expect(field(page)).toHaveValue("half a thought");
    }
    expect(model.asked).toBe(signal === "SIGTERM" ? before + 1 : before + 2);

    // A question that is asked while nobody is there goes out by itself.
    if (signal === "SIGKILL") await server.end(signal);
    await ask(page, entries[1][0]);
    await expect(lost(page)).toBeVisible();
    await field(page).fill("another thought");
    await server.start();
    await settled(page);
    await expect(field(page)).toHaveValue("another thought");

    const said = [
      [unsure, "Shipping is free from $50. Else it is $4."],
      [entries[1][0], entries[1][1]],
    ] as const;
    expect(await shown(page)).toEqual(said);
    expect(await stored(page)).toEqual(
      said.flatMap(([question, reply]) => [
        ["shopper", question],
        ["bot", reply],
      ]),
    );
    await page.reload();
    await launcher(page).click();
    await expect(async () => expect(await shown(page)).toEqual(said)).toPass();
  });

for (const [name, signal] of endings)
  test(`${name} while a person writes brings each word once, and the bot stays silent`, async ({
    page,
    tolerance,
  }) => {
    const everShown = await visit(page, tolerance);
    const { inbox } = merchant;
    const write = (text: string, clientKey = randomUUID()) => inbox.reply({ id, clientKey, text });
    await page.getByRole("button", { name: "Talk to a person" }).click();
    await expect(page.locator(".standing")).not.toBeEmpty();
    let id = "";
    await expect(async () => {
      const { conversations } = await inbox.listConversations({ view: InboxView.WAITING });
      id = conversations[0]?.id ?? "";
      expect(id).not.toBe("");
    }).toPass();
    await inbox.takeOver({ id });
    await write("I am Mei.");
    await expect(log(page).getByText("I am Mei.")).toHaveCount(1);
    const asked = model.asked;

    // One word is acknowledged right before the end, one is under way in it, one finds nobody.
    await write("One moment.");
    const [underWay, later] = [randomUUID(), randomUUID()];
    const racing = write("I am looking it up.", underWay).catch(() => undefined);
    await ask(page, entries[0][0]);
    await server.end(signal);
    await racing;
    await expect(write("It comes in red.", later)).rejects.toThrow();
    await field(page).fill(entries[1][0]);
    await server.start();
    // The new process hears of this talk from the shopper first: it must not answer.
    await settled(page);
    await expect(field(page)).toHaveValue(entries[1][0]);
    await page.keyboard.press("Enter");
    await settled(page);
    await write("I am looking it up.", underWay);
    await write("It comes in red.", later);
    await write("And in blue.");

    const words = ["I am Mei.", "One moment.", "I am looking it up.", "It comes in red.", "And in blue."];
    for (const text of words) await expect(log(page).getByText(text)).toHaveCount(1, { timeout: 45_000 });

    const messages = await stored(page);
    expect(messages.filter(([author]) => author === "staff").map(([, text]) => text)).toEqual(words);
    expect(messages.filter(([author]) => author === "shopper").map(([, text]) => text)).toEqual([
      entries[0][0],
      entries[1][0],
    ]);
    expect(messages.filter(([author]) => author === "bot")).toEqual([]);
    expect(model.asked).toBe(asked);
    const answers = entries.map(([, answer]) => answer);
    expect((await everShown()).filter((text) => answers.some((answer) => text.includes(answer)))).toEqual([]);
    await inbox.handBack({ id });
  });
