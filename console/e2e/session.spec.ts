import { en } from "../app/src/i18n/en";
import { newMerchant, password } from "./caller";
import { address, expect, test, watch } from "./fixture";
import { csv } from "./sheet";
import { openShop } from "./shop";

test("the session's secret is out of a script's reach, and dies with the session", async ({
  page,
  context,
}) => {
  const merchant = await newMerchant("Cookie Jar");
  await page.goto(`${address()}/console/login`);
  await page.getByLabel(en.enter.email).fill(merchant.email);
  await page.getByLabel(en.enter.password, { exact: true }).fill(password);
  await page.getByRole("button", { name: en.enter.logIn }).click();
  await expect(page.getByRole("heading", { name: en.home.title, level: 1 })).toBeVisible();
  const [cookie] = await context.cookies();
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
  expect(await page.evaluate(() => document.cookie)).toBe("");

  await page.getByRole("button", { name: en.app.logOut }).click();
  await expect(page.getByRole("heading", { name: en.enter.logInTitle })).toBeVisible();
  expect(await context.cookies()).toEqual([]);
  // The old secret opens nothing, whoever has kept it.
  await context.addCookies([{ name: cookie?.name ?? "", value: cookie?.value ?? "", url: address() }]);
  await page.goto(`${address()}/console/settings`);
  await expect(page.getByRole("heading", { name: en.enter.logInTitle })).toBeVisible();
});

test("no page can put the console into a frame", async ({ page, context, tolerance }) => {
  await context.addCookies([(await newMerchant("Framed")).cookie]);
  const shop = await openShop(
    "Frames others",
    `<iframe src="${address()}/console/" title="console"></iframe>`,
  );
  tolerance.origins.add(shop.origin);
  tolerance.errors.push(/frame-ancestors/);
  const refused = page.waitForEvent("console", (message) => message.text().includes("frame-ancestors"));
  await page.goto(shop.origin);
  await refused;
  await expect(page.frameLocator("iframe").locator("#root")).toHaveCount(0);
  await shop.close();
});

test("a merchant sees nothing of another's shop", async ({ page, context, browser }) => {
  const [ours, theirs] = await Promise.all([newMerchant("Ours"), newMerchant("Theirs")]);
  const rows = [
    ["question", "answer"],
    ["Where is the vault?", "Behind the painting."],
    ["Who has the key?", ""],
  ];
  const staged = await ours.knowledge.stageImport({ fileName: "secret.csv", content: csv("", rows).buffer });
  const importId = staged.outcome.case === "import" ? staged.outcome.value.id : "";
  const { entry } = await ours.knowledge.createEntry({
    content: { question: "Where is the vault?", answer: "Behind the painting." },
  });
  expect(importId && entry?.id).toBeTruthy();

  await context.addCookies([ours.cookie]);
  await page.goto(`${address()}/console/knowledge?entry=${entry?.id}`);
  await expect(page.getByRole("dialog", { name: en.entry.edit })).toBeVisible();

  const second = await browser.newContext();
  await second.addCookies([theirs.cookie]);
  const other = await second.newPage();
  const { wrong } = watch(other);
  await other.goto(`${address()}/console/knowledge?entry=${entry?.id}`);
  // As of an entry that never was.
  await expect(other.getByRole("dialog")).toContainText(en.meanwhile.entry.missingTitle);
  await expect(
    other.getByRole("heading", { name: en.knowledge.emptyTitle, includeHidden: true }),
  ).toBeVisible();
  await other.goto(`${address()}/console/knowledge/import/${importId}`);
  await expect(other.getByRole("alert")).toContainText(en.problem.notFound);
  await expect(other.getByText("Theirs", { exact: true })).toBeVisible();
  expect(await other.content()).not.toContain("painting");
  expect(wrong).toEqual([]);
  await second.close();
});
