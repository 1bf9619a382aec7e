// What the script tag says, and what becomes of a tag whose key counts no more.
import { createHmac } from "node:crypto";
import { newMerchant } from "./caller";
import { ask, launcher, log } from "./chat";
import { address, expect, test } from "./fixture";
import { openShop } from "./shop";

test("wears and says what the tag's attributes say", async ({ page, tolerance }) => {
  const merchant = await newMerchant("Lantern & Loom");
  const { tenant } = await merchant.tenant.getTenant({});
  const { secret } = await merchant.widget.rotateIdentitySecret({});
  const expires = Math.floor(Date.now() / 1000) + 3600;
  const signature = createHmac("sha256", secret)
    .update([tenant?.id, "mei", expires].join("\n"))
    .digest("hex");
  const said = {
    key: tenant?.publishableKey,
    language: "zh-TW",
    color: "#facc15",
    side: "left",
    label: "Wen fragen?",
    user: "mei",
    expires,
    signature,
  };
  const attributes = Object.entries(said).map(([name, value]) => `data-${name}="${value}"`);
  const shop = await openShop(
    "Tag",
    `<script async src="${address()}/widget.js" ${attributes.join(" ")}></script>`,
  );
  await merchant.tenant.setAllowedOrigins({ allowedOrigins: [shop.origin] });
  tolerance.origins.add(shop.origin);
  await page.goto(shop.origin);
  const button = page.getByRole("button", { name: "Wen fragen?" });
  await expect(button).toHaveCSS("background-color", "rgb(250, 204, 21)");
  await expect(button).toHaveCSS("color", "color(xyz-d65 0 0 0)"); // black
  const { width = 0 } = page.viewportSize() ?? {};
  expect((await button.boundingBox())?.x).toBeLessThan(width / 2);
  await button.click();
  const introduced = page.waitForRequest(/ShopperService\/Introduce/);
  await ask(page, "可以刻字嗎？");
  expect((await introduced).postDataJSON()).toMatchObject({ identity: { user: "mei", expires, signature } });
  await expect(log(page).locator("[aria-busy=true]")).toHaveCount(0);
  await shop.close();
});

test("goes away when its key is revoked, and tells the merchant alone", async ({ page, tolerance }) => {
  const merchant = await newMerchant("Lantern & Loom");
  const { tenant } = await merchant.tenant.getTenant({});
  const shop = await openShop(
    "Old key",
    `<script async src="${address()}/widget.js" data-key="${tenant?.publishableKey}"></script>`,
  );
  await merchant.tenant.setAllowedOrigins({ allowedOrigins: [shop.origin] });
  await merchant.tenant.rotateKey({});
  tolerance.origins.add(shop.origin);
  tolerance.errors.push(/blocked by CORS policy/);
  const warnings: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "warning") warnings.push(message.text());
  });
  // A key is known for some moments after it was revoked.
  await expect(async () => {
    await page.goto(shop.origin);
    await launcher(page).click();
    await expect(page.locator("html > div")).toHaveCount(0, { timeout: 2_000 });
  }).toPass();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain(tenant?.publishableKey);
  expect(warnings[0]).toContain(shop.origin);
  await shop.close();
});
