// What a shop's page can do with the widget, and what a shopper finds on it.
import { createHmac } from "node:crypto";
import type { Page } from "@playwright/test";
import { rolls } from "../widget/src/test/roll";
import { demoKey, demoMerchant, newMerchant, shopper } from "./caller";
import { ask, field, helped, launcher, log } from "./chat";
import { accessible, address, expect, test } from "./fixture";
import { openShop } from "./shop";

type Api = ((...call: unknown[]) => unknown) & { q?: unknown[] };
const api = (page: Page, ...call: unknown[]) =>
  page.evaluate((said) => (window as unknown as { storebot: Api }).storebot(...said), call);

const token = (page: Page, user = "") =>
  page.evaluate((end) => {
    const name = Object.keys(localStorage).find((key) => key.startsWith("storebot:pk_") && key.endsWith(end));
    return JSON.parse(localStorage.getItem(name ?? "") ?? "{}").token as string;
  }, user);

test("takes one request before the launcher is there, and leaves one name on the window", async ({
  page,
}) => {
  const requests: string[] = [];
  page.on("request", (request) => requests.push(new URL(request.url()).pathname));
  await page.goto(`${address()}/demo/?lang=en`);
  await expect(launcher(page)).toBeVisible();
  expect(requests.filter((path) => !path.startsWith("/demo"))).toEqual(["/widget.js"]);
  const added = await page.evaluate(() => {
    const frame = document.createElement("iframe");
    document.body.append(frame);
    const bare = new Set(Object.getOwnPropertyNames(frame.contentWindow));
    frame.remove();
    return Object.getOwnPropertyNames(window).filter((name) => !bare.has(name) && !/^\d+$/.test(name));
  });
  expect(added.filter((name) => !name.startsWith("__playwright"))).toEqual(["storebot"]);
  expect(await page.context().cookies()).toEqual([]);
});

test("does what the page tells it, and tells the page what happened", async ({ page }) => {
  await page.goto(`${address()}/demo/?lang=en`);
  await expect(launcher(page)).toBeVisible();
  await page.evaluate(() => {
    const heard: unknown[] = [];
    const { storebot } = window as unknown as { storebot: Api };
    for (const event of ["opened", "closed", "answered", "rated"])
      storebot("on", event, (detail: object) => heard.push([event, detail]));
    (window as unknown as { heard: unknown[] }).heard = heard;
  });
  await api(page, "ask", "How do I get free shipping?");
  await expect(helped(page)).toBeVisible();
  await helped(page).click();
  await api(page, "language", "zh-Hant");
  await expect(field(page)).toHaveAttribute("placeholder", "輸入您的問題");
  await expect(log(page).getByText("How do I get free shipping?")).toBeVisible();
  await api(page, "close");
  await expect(page.getByRole("dialog")).toBeHidden();
  const heard = await page.evaluate(() => (window as unknown as { heard: unknown[] }).heard);
  expect(heard).toEqual([
    ["opened", {}],
    ["answered", { decision: "DECISION_DIRECT" }],
    ["rated", { rating: 1 }],
    ["opened", {}],
    ["closed", {}],
  ]);
  await api(page, "destroy");
  await expect(launcher(page)).toHaveCount(0);
  expect(await page.evaluate(() => "storebot" in window)).toBe(false);
});

test("is there once when the tag stands twice, stays when an app swaps its content, and takes what was said before it came", async ({
  page,
  tolerance,
}) => {
  const line = `<script async src="${address()}/widget.js" data-key="${await demoKey()}"></script>`;
  const early = `<script>window.storebot=Object.assign((...c)=>window.storebot.q.push(c),{q:[]});storebot("open")</script>`;
  const shop = await openShop("Twice", early + line + line);
  tolerance.origins.add(shop.origin);
  await (await demoMerchant()).tenant.getTenant({}).then(async ({ tenant }) => {
    await (await demoMerchant()).tenant.setAllowedOrigins({
      allowedOrigins: [...(tenant?.allowedOrigins ?? []), shop.origin],
    });
  });
  await page.goto(shop.origin);
  await expect(page.getByRole("dialog")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(launcher(page)).toHaveCount(1);
  await page.evaluate(() => {
    history.pushState({}, "", "/next");
    document.body.replaceWith(document.createElement("body"));
  });
  await expect(launcher(page)).toHaveCount(1);
  await launcher(page).click();
  await ask(page, "How do I get free shipping?");
  await expect(helped(page)).toBeVisible();
  await shop.close();
});

test("knows a shopper by the shop's signature alone, and shows nobody another's talk", async ({
  page,
  tolerance,
}) => {
  const merchant = await newMerchant("Lantern & Loom");
  const { tenant } = await merchant.tenant.getTenant({});
  const { secret } = await merchant.widget.rotateIdentitySecret({});
  const shop = await openShop(
    "Known",
    `<script async src="${address()}/widget.js" data-key="${tenant?.publishableKey}"></script>`,
  );
  await merchant.tenant.setAllowedOrigins({ allowedOrigins: [shop.origin] });
  tolerance.origins.add(shop.origin);
  const warnings: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "warning") warnings.push(message.text());
  });
  const expires = Math.floor(Date.now() / 1000) + 3600;
  const sign = (user: string) =>
    createHmac("sha256", secret).update([tenant?.id, user, expires].join("\n")).digest("hex");
  await page.goto(shop.origin);
  await expect(launcher(page)).toBeVisible();
  await api(page, "identify", { user: "mei", expires, signature: sign("mei") });
  await api(page, "product", { sku: "L-1", title: "Paper lantern", price: "NT$300" });
  const introduced = page.waitForResponse(/ShopperService\/Introduce/);
  await api(page, "ask", "Is this one waterproof?");
  expect((await introduced).status()).toBe(200);
  await expect(log(page).locator("[aria-busy=true]")).toHaveCount(0);
  expect(await token(page, ":mei")).toBeTruthy();

  // Somebody else at the same browser: no word of the first one's talk.
  await api(page, "identify", { user: "lin", expires, signature: sign("mei") });
  await expect(log(page).getByText("Is this one waterproof?")).toHaveCount(0);
  const refused = page.waitForResponse(/ShopperService\/Introduce/);
  await api(page, "ask", "Do you gift wrap?");
  expect((await refused).status()).toBe(400);
  await expect(log(page).locator("[aria-busy=true]")).toHaveCount(0);
  await expect.poll(() => warnings.join()).toContain("the shopper stays unknown");
  expect(await token(page, ":lin")).not.toBe(await token(page, ":mei"));
  await shop.close();
});

test("deletes a chat for good when the shopper says so", async ({ page }) => {
  await page.goto(`${address()}/demo/?lang=en`);
  await launcher(page).click();
  await ask(page, "How do I get free shipping?");
  await expect(helped(page)).toBeVisible();
  const conversationToken = await token(page);
  await page.getByLabel("More").click();
  await accessible(page);
  await page.getByRole("button", { name: "End the chat" }).click();
  await accessible(page);
  await page.getByRole("button", { name: "Delete this chat" }).click();
  await expect(log(page).getByText("This chat is deleted.")).toBeVisible();
  await expect(log(page).getByText("How do I get free shipping?")).toHaveCount(0);
  const { client } = shopper(await demoKey());
  await expect(client.listMessages({ conversationToken })).rejects.toThrow(/not_found/);
  await ask(page, "Can I return a bag?");
  await expect(helped(page)).toBeVisible();
});

test("never sends on the Enter that ends an input method's composition", async ({ page }) => {
  await page.goto(`${address()}/demo/?lang=zh-Hant`);
  await launcher(page).click();
  await field(page).fill("退貨");
  await field(page).dispatchEvent("keydown", {
    key: "Enter",
    isComposing: true,
    bubbles: true,
    composed: true,
  });
  await field(page).dispatchEvent("keydown", { key: "Enter", keyCode: 229, bubbles: true, composed: true });
  await expect(field(page)).toHaveValue("退貨");
  await expect(log(page).locator(".me")).toHaveCount(0);
});

test("fills a telephone's screen, wraps what is long, and has no motion where none is wanted", async ({
  page,
}) => {
  await page.setViewportSize({ width: 375, height: 700 });
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto(`${address()}/demo/?lang=en`);
  await launcher(page).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toBeVisible();
  expect(await dialog.boundingBox()).toEqual({ x: 0, y: 0, width: 375, height: 700 });
  const animation = await dialog.evaluate((box) => {
    const dot = box.appendChild(document.createElement("i"));
    const { animationName } = getComputedStyle(dot);
    dot.remove();
    return animationName;
  });
  expect(animation).toBe("none");
  await ask(page, `returns ${"x".repeat(300)}`);
  await expect(log(page).locator("[aria-busy=true]")).toHaveCount(0);
  expect(await log(page).evaluate((e) => e.scrollWidth <= e.clientWidth)).toBe(true);
  // The keyboard takes its part of the screen: the field stays above it.
  await page.evaluate(() => {
    Object.defineProperty(window.visualViewport, "height", { value: 400, configurable: true });
    window.visualViewport?.dispatchEvent(new Event("resize"));
  });
  await expect.poll(async () => (await dialog.boundingBox())?.height).toBe(400);
  await accessible(page);
});

test.describe("on a telephone", () => {
  test.use({ viewport: { width: 375, height: 700 }, hasTouch: true, isMobile: true });

  test("raises no keyboard and draws no ring when it opens, on its own page neither", async ({ page }) => {
    const ringed = page.locator("dialog :focus-visible");
    const dialog = page.getByRole("dialog");
    await page.goto(`${address()}/demo/?lang=en`);
    await launcher(page).tap();
    await expect(dialog).toBeFocused();
    await expect(ringed).toHaveCount(0);
    await page.goto(`${address()}/c/demo?lang=en`);
    await expect(dialog).toBeFocused();
    await expect(dialog).toHaveCSS("outline-style", "none");
    await expect(ringed).toHaveCount(0);
    // What takes the focus from the keyboard is ringed.
    await page.keyboard.press("Tab");
    await expect(ringed).toHaveCount(1);
    await accessible(page);
  });
});

test("is a page of its own under the shop's name, with links to nobody's page but the shop's", async ({
  page,
}) => {
  const response = await page.goto(`${address()}/c/demo`);
  expect(response?.headers()["content-security-policy"]).toContain("frame-ancestors 'none'");
  await expect(page.getByRole("dialog")).toBeVisible();
  await ask(page, "How do I get free shipping?");
  await expect(helped(page)).toBeVisible();
  await accessible(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeVisible();
  const merchant = await demoMerchant();
  const { look } = await merchant.widget.getLook({});
  await merchant.widget.setLook({ look: look ?? {}, hosted: false });
  expect((await page.request.get(`${address()}/c/demo`)).status()).toBe(404);
  await merchant.widget.setLook({ look: look ?? {}, hosted: true });
  expect((await page.request.get(`${address()}/c/nobody`)).status()).toBe(404);
});

test("stays readable in any colour that a shop chooses", async ({ page }) => {
  await page.goto(`${address()}/demo/?lang=en`);
  await launcher(page).click();
  await ask(page, "refund or exchange?");
  await expect(log(page).locator("button.choice")).not.toHaveCount(0);
  await expect(log(page).locator("[aria-busy=true]")).toHaveCount(0);
  const roll = rolls(7);
  const colours = ["#000000", "#ffffff", "#767676", "#ff0000", "#00ff00", "#0000ff", "#ffd54a"];
  for (let n = 0; n < 3000; n++)
    colours.push(
      `#${roll(1 << 24)
        .toString(16)
        .padStart(6, "0")}`,
    );
  const contrasts = await page.evaluate((colours) => {
    const brush = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    if (!brush) throw new Error("nothing to paint with");
    /** The relative luminance of a colour as the browser paints it, WCAG 2.2. */
    const luminance = (css: string) => {
      brush.fillStyle = css;
      brush.fillRect(0, 0, 1, 1);
      const [r = 0, g = 0, b = 0] = Array.from(brush.getImageData(0, 0, 1, 1).data, (v) =>
        v > 10 ? ((v / 255 + 0.055) / 1.055) ** 2.4 : v / 3295,
      );
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const contrast = (a: string, b: string) => {
      const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
      return (high + 0.05) / (low + 0.05);
    };
    const root = document.querySelector("html > div")?.shadowRoot;
    const style = (selector: string) => getComputedStyle(root?.querySelector(selector) as Element);
    const head = style(".head");
    const choice = style(".choice");
    return colours.map((color) => {
      (window as unknown as { storebot: Api }).storebot("look", { color });
      const written = contrast(head.color, head.backgroundColor);
      return { color, fill: head.backgroundColor, written, ink: contrast(choice.color, "#f5f6f4") };
    });
  }, colours);
  const poor = contrasts.filter(({ written, ink }) => !(written >= 4.5 && ink >= 4.5));
  expect(poor).toEqual([]);
  expect(new Set(contrasts.map(({ fill }) => fill)).size).toBe(new Set(colours).size);
  for (const color of ["#facc15", "#f5f5f4", "#7f7f7f", "#ff00ff", "#000000"]) {
    await api(page, "look", { color });
    await accessible(page, "color-contrast");
  }
  // What is no colour changes nothing.
  for (const color of ["", "red", "#12", "#1234567", "#00000g", "url(x)", "#000;--on:#000"]) {
    await api(page, "look", { color });
    await expect(page.locator(".head")).toHaveCSS("background-color", "rgb(31, 77, 68)");
  }
});
