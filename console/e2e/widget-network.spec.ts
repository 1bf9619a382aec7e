import type { Page } from "@playwright/test";
import { demoKey, shopper } from "./caller";
import { ask, field, helped, launcher, log } from "./chat";
import { type Faults, openFaults } from "./faults";
import { expect, test } from "./fixture";

const questions = [
  "How do I get free shipping?",
  "How many days do I have to return a bag?",
  "Which payment methods can I use?",
  "How long is the warranty?",
  "Can I get an invoice with a company tax number?",
  "Do you ship to outlying islands?",
];

/** dice fall the same way again for the same seed. (mulberry32) */
function dice(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** hurry lets the page's pauses pass ten times as fast. */
const hurry = (page: Page) =>
  page.addInitScript(() => {
    const real = window.setTimeout;
    window.setTimeout = ((run: () => void, ms = 0, ...rest: []) => real(run, ms / 10, ...rest)) as never;
  });

async function openThrough(faults: Faults, page: Page): Promise<void> {
  await page.goto(`${faults.origin}/demo/?lang=en`);
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await launcher(page).click();
  await expect(log(page).getByText("Often asked")).toBeVisible();
}

const token = (page: Page) =>
  page.evaluate(() => {
    const name = Object.keys(localStorage).find((key) => key.startsWith("storebot:pk_"));
    return JSON.parse(localStorage.getItem(name ?? "") ?? "{}").token as string;
  });

/** settled waits until no question is open, and presses what the widget offers after it gave up. */
async function settled(page: Page): Promise<void> {
  await expect(async () => {
    const again = log(page).getByRole("button", { name: "Try again" });
    if (await again.isVisible()) await again.click();
    await expect(log(page).locator("[aria-busy=true]")).toHaveCount(0, { timeout: 500 });
    await expect(again).toHaveCount(0, { timeout: 100 });
  }).toPass({ timeout: 60_000, intervals: [100] });
}

test("loses nothing and doubles nothing over 200 cut connections", async ({ page, tolerance }) => {
  test.setTimeout(600_000);
  const faults = await openFaults();
  tolerance.origins.add(faults.origin);
  tolerance.errors.push(/net::ERR_/);
  await hurry(page);
  const { client } = shopper(await demoKey());
  const seed = Number(process.env.STOREBOT_SEED ?? 20);
  const roll = dice(seed);
  for (let round = 0; faults.cuts < 200; round++) {
    faults.cut = () => undefined;
    await openThrough(faults, page);
    faults.cut = () => (roll() < 0.45 ? Math.floor(roll() * 900) : undefined);
    for (const question of questions) {
      await ask(page, question);
      await settled(page);
    }
    faults.cut = () => undefined;
    const conversationToken = await token(page);
    const { messages } = await client.listMessages({ conversationToken });
    expect(
      messages.filter((m) => m.author === "shopper").map((m) => m.text),
      `seed ${seed}, round ${round}`,
    ).toEqual(questions);
    expect(messages.filter((m) => m.author === "bot")).toHaveLength(questions.length);
    // The page shows each question once, with the reply that is stored.
    const shown = await log(page)
      .locator("li:has(.me)")
      .evaluateAll((items) =>
        items.map((item) => [
          item.querySelector(".me")?.lastChild?.textContent,
          item.querySelector(".bot .text")?.textContent,
        ]),
      );
    const stored = questions.map((question, i) => [question, messages[2 * i + 1]?.text]);
    expect(shown, `seed ${seed}, round ${round}`).toEqual(stored);
  }
  expect(faults.cuts).toBeGreaterThanOrEqual(200);
  console.log(`${faults.cuts} cuts with STOREBOT_SEED=${seed}`);
  await faults.close();
});

test("outlives a server that restarts in the middle of a reply", async ({ page, tolerance }) => {
  const faults = await openFaults();
  tolerance.origins.add(faults.origin);
  tolerance.errors.push(/net::ERR_/);
  await openThrough(faults, page);
  faults.down = true;
  await ask(page, questions[0] ?? "");
  await expect(log(page).getByText("Something got in the way. Trying again.")).toBeVisible();
  await field(page).fill("half a thought");
  faults.down = false;
  await expect(helped(page)).toBeVisible();
  await expect(log(page).getByRole("listitem").last()).toContainText("NT$1,200");
  await expect(field(page)).toHaveValue("half a thought");
  const { authors } = shopper(await demoKey());
  expect(await authors(await token(page))).toEqual(["shopper", "bot"]);
  await faults.close();
});

test("answers what is often asked without a network, and sends it once when it is back", async ({
  page,
  context,
  tolerance,
}) => {
  tolerance.errors.push(/ERR_INTERNET_DISCONNECTED/);
  await page.goto(`${process.env.STOREBOT_BASE}/demo/?lang=en`);
  await launcher(page).click();
  const choice = log(page).locator("button.choice").first();
  await expect(choice).toBeVisible();
  const question = (await choice.textContent()) ?? "";
  await context.setOffline(true);
  await choice.click();
  await expect(log(page).getByText(/^You are offline/)).toBeVisible();
  const bubble = log(page).getByRole("listitem").last().locator(".text");
  const said = await bubble.textContent();
  expect(said?.length).toBeGreaterThan(10);
  await context.setOffline(false);
  await expect(helped(page)).toBeVisible();
  await expect(bubble).toHaveText(said ?? "");
  const { client } = shopper(await demoKey());
  const { messages } = await client.listMessages({ conversationToken: await token(page) });
  expect(messages.map((m) => m.text)).toEqual([question, said]);
});
