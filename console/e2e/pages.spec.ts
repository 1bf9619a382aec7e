import type { Page } from "@playwright/test";
import { newAdmin } from "./admin";
import { askAll, setBaseline } from "./asked";
import { type Cookie, demoKey, demoMerchant, newMerchant } from "./caller";
import { accessible, address, expect, noSidewaysScroll, pagePicture, test } from "./fixture";
import { csv } from "./sheet";
import { steady, watchShifts } from "./shift";
import { sheet } from "./tea";

test.describe.configure({ mode: "parallel" });

/** Who looks at a page: the demo shop's owner, nobody, and those of a shop that has used up what it may. */
type Reader = "owner" | "nobody" | "admin" | "visitor" | "full";
const cookies: Partial<Record<Reader, Cookie>> = {};
let full = "";
let invitation = "";
let importId = "";
let entryId = "";
let gapId = "";
let productId = "";

const bag = {
  sku: "PAGES-1",
  name: "A bag that lies on the pages of the tests",
  price: "1299",
  currency: "TWD",
  stock: 3,
  attributes: [{ name: "Colour", value: "blue, grey" }],
};

// The demo shop with shoppers' questions, a baseline and a sheet that waits for its owner.
test.beforeAll(async () => {
  const merchant = await demoMerchant();
  cookies.owner = merchant.cookie;
  await Promise.all([askAll(await demoKey()), setBaseline(merchant)]);
  const staged = await merchant.knowledge.stageImport({
    fileName: "tea.csv",
    content: csv("", sheet).buffer,
  });
  if (staged.outcome.case === "import") importId = staged.outcome.value.id;
  gapId = (await merchant.learning.listGaps({})).gaps[0]?.id ?? "";
  // Each worker of this file comes by here.
  await merchant.product.saveProduct({ product: bag }).catch(() => undefined);
  productId = (await merchant.product.listProducts({ search: bag.sku })).products[0]?.id ?? "";
  const before = { ...bag, id: productId, price: "880", stock: 0, attributes: [], otherNames: ["tote"] };
  for (const product of [before, { ...bag, id: productId }]) await merchant.product.saveProduct({ product });
  await runThem();
  entryId = (await merchant.knowledge.listEntries({ pageSize: 1 })).entries[0]?.id ?? "";
});

/** runThem has an admin hold a shop to less than it has, and look into it. */
async function runThem() {
  const admin = await newAdmin();
  cookies.admin = admin.cookie;
  full = `Narrow ${test.info().workerIndex}`;
  const shop = await newMerchant(full);
  cookies.full = shop.cookie;
  await shop.knowledge.createEntry({ content: { question: "Is it open?", answer: "Yes." } });
  ({ token: invitation } = await shop.tenant.invite({ email: `in-${shop.email}`, role: "agent" }));
  const tenantId = (await shop.account.whoAmI({})).me?.tenantId ?? "";
  await admin.platform.setQuota({
    tenantId,
    quota: { entries: 0n, messagesMonth: 5_000n, modelSeconds: 600n, storageBytes: 50_000_000n },
    reason: "small plan",
  });
  cookies.visitor = await admin.enter(tenantId, "asked for help with the import");
}

const tenant = () => `platform/tenants?q=${encodeURIComponent(full)}`;

/** Every page of the console, and what lies over a page at an address of its own. */
const pages: {
  name: string;
  path: () => string;
  /** The owner, unless another is named. */
  as?: Reader;
  within?: (page: Page) => Promise<void>;
  /** What must hold at each width. */
  holds?: (page: Page, width: number) => Promise<void>;
}[] = [
  { name: "log in", path: () => "login", as: "nobody" },
  { name: "sign up", path: () => "signup", as: "nobody" },
  { name: "forgotten", path: () => "forgot", as: "nobody" },
  { name: "no invitation", path: () => "join", as: "nobody" },
  { name: "overview", path: () => "" },
  { name: "baseline", path: () => "?baseline=true" },
  { name: "figures", path: () => "figures", holds: ticksDiffer },
  { name: "figures as table", path: () => "figures?view=table" },
  { name: "figures savings", path: () => "figures?tab=savings", holds: cellsInSight },
  { name: "figures staffing", path: () => "figures?tab=staffing" },
  { name: "figures questions", path: () => "figures?tab=questions" },
  { name: "knowledge", path: () => "knowledge" },
  { name: "entry", path: () => `knowledge?entry=${entryId}` },
  { name: "entry questions", path: () => `knowledge?entry=${entryId}&tab=hits` },
  { name: "import", path: () => "knowledge/import" },
  { name: "import review", path: () => `knowledge/import/${importId}` },
  { name: "products", path: () => "products" },
  { name: "product", path: () => `products?product=${productId}` },
  { name: "product history", path: () => `products?product=${productId}&tab=history`, within: showChanges },
  { name: "product import", path: () => "products/import" },
  { name: "try", path: () => "try", within: tryOne },
  { name: "gaps", path: () => "gaps" },
  { name: "inbox", path: () => "inbox" },
  { name: "inbox, all", path: () => "inbox?view=all" },
  { name: "gap", path: () => `gaps?gap=${gapId}` },
  { name: "checks", path: () => "checks" },
  { name: "new check", path: () => "checks?add=true" },
  { name: "install", path: () => "install" },
  { name: "settings", path: () => "settings" },
  { name: "settings hours", path: () => "settings/hours" },
  { name: "settings answers", path: () => "settings/answers" },
  { name: "settings widget", path: () => "settings/widget" },
  { name: "settings members", path: () => "settings/members" },
  { name: "settings data", path: () => "settings/data" },
  { name: "settings you", path: () => "settings/you" },
  { name: "start shop", path: () => "start/shop" },
  { name: "start entries", path: () => "start/entries", within: chooseTrade },
  { name: "start page", path: () => "start/page" },
  { name: "start baseline", path: () => "start/baseline" },
  { name: "join", path: () => `join#${invitation}`, as: "nobody" },
  { name: "reset", path: () => "reset#sample", as: "nobody" },
  { name: "used up", path: () => "", as: "full" },
  { name: "visit", path: () => "settings/data", as: "visitor" },
  { name: "platform log in", path: () => "platform/tenants", as: "nobody" },
  { name: "platform link", path: () => "platform/link#sample", as: "nobody" },
  { name: "platform tenants", path: () => "platform/tenants", as: "admin" },
  { name: "platform suspend", path: tenant, as: "admin", within: (page) => act(page, 0) },
  { name: "platform quota", path: tenant, as: "admin", within: (page) => act(page, 1) },
  { name: "platform enter", path: tenant, as: "admin", within: (page) => act(page, 2) },
  { name: "platform audit", path: () => "platform/audit", as: "admin" },
  { name: "platform state", path: () => "platform/state", as: "admin" },
  { name: "missing", path: () => "nowhere" },
];

/** act opens the dialog of what is done to the one shop that is listed. */
async function act(page: Page, which: number) {
  await page.getByRole("main").getByRole("listitem").getByRole("button").nth(which).click();
  await expect(page.getByRole("dialog")).toBeVisible();
}

async function chooseTrade(page: Page) {
  await page.locator("main input[aria-haspopup=listbox]").click();
  await page.getByRole("listbox").getByRole("option").first().click();
}

async function tryOne(page: Page) {
  await page.locator("main textarea").first().fill("how do I get free shipping");
  await page.keyboard.press("Enter");
  await page.locator("main button[aria-expanded=false]").click();
}

/** showChanges opens what was different of the first version that says so. */
async function showChanges(page: Page) {
  await page.getByRole("dialog").locator("li button[aria-expanded=false]").first().click();
}

/** ticksDiffer: no two lines of a chart's axis are named alike. */
async function ticksDiffer(page: Page) {
  const axes = page.locator(".recharts-yAxis-tick-labels");
  await expect(axes).toHaveCount(2);
  for (const axis of await axes.all()) {
    const names = await axis.locator("text").allTextContents();
    expect(names.length).toBeGreaterThan(1);
    expect(new Set(names).size, names.join(", ")).toBe(names.length);
  }
}

/** cellsInSight: no cell of the table lies beyond the window's edge. */
async function cellsInSight(page: Page, width: number) {
  const cells = page.getByRole("main").locator("th, td").filter({ visible: true });
  const edges = await cells.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().right));
  expect(edges.length).toBeGreaterThan(20);
  expect(Math.max(...edges)).toBeLessThanOrEqual(width);
}

/** settled waits until nothing is loading, moving or fading any more: axe judges what it sees. */
async function settled(page: Page) {
  await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
  await expect(page.locator(".mantine-Skeleton-root, [aria-busy=true]")).toHaveCount(0);
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter((animation) => animation.effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY)
        .map((animation) => animation.finished.catch(() => undefined)),
    ),
  );
}

/** Pages are opened at one width in some languages and at the other in the rest: a page must not jump at either. */
const openedAt = { en: 1280, "zh-Hant": 375, "zh-Hans": 1280 };
const widths = [1280, 375];

for (const [language, locale] of [
  ["en", "en-US"],
  ["zh-Hant", "zh-TW"],
  ["zh-Hans", "zh-CN"],
] as const) {
  test.describe(language, () => {
    test.use({ locale });
    for (const one of pages) {
      test(one.name, async ({ page, context }) => {
        const cookie = cookies[one.as ?? "owner"];
        if (cookie) await context.addCookies([cookie]);
        await page.setViewportSize({ width: openedAt[language], height: 800 });
        await watchShifts(page);
        await page.goto(`${address()}/console/${one.path()}`);
        await settled(page);
        await steady(page);
        await expect(page.locator("html")).toHaveAttribute("lang", language);
        await one.within?.(page);
        for (const width of widths) {
          await page.setViewportSize({ width, height: 800 });
          await settled(page);
          await accessible(page);
          await one.holds?.(page, width);
          await shot(page, `${one.name} ${width} ${language}`);
          await noSidewaysScroll(page);
          if (language !== "en") continue;
          // Colours depend on no language, and what else axe looks at on no colour.
          await page.emulateMedia({ colorScheme: "dark" });
          await settled(page);
          await accessible(page, "color-contrast");
          await shot(page, `${one.name} ${width} dark`);
          await page.emulateMedia({ colorScheme: "light" });
        }
      });
    }
  });
}

/** shot keeps the whole page, or what is seen of it where a dialog lies over it. */
async function shot(page: Page, name: string) {
  const path = pagePicture(name);
  await page.screenshot({ path, fullPage: (await page.getByRole("dialog").count()) === 0 });
}
