import type { Locator, Page } from "@playwright/test";
import { en } from "../app/src/i18n/en";
import { type Cookie, newMerchant, password } from "./caller";
import { address, expect, test } from "./fixture";

const label = (name: string) => (page: Page) => page.getByLabel(name, { exact: true });

/** Field is one setting: what is chosen, and what is refused, if anything can be. */
type Field = {
  name: string;
  at: (page: Page) => Locator;
  /** A text to fill in, or how it is chosen. */
  choose: string | ((field: Locator, page: Page) => Promise<void>);
  /** How it is seen to be chosen; a text's own value without it. */
  holds?: (field: Locator) => Promise<void>;
  refused?: string;
};

const text = (name: string, choose: string, refused?: string): Field => ({
  name,
  at: label(name),
  choose,
  refused,
});

const option = (name: string, choice: string, searched = false): Field => ({
  name,
  at: (page) => page.getByRole("combobox", { name, exact: true }),
  choose: async (field, page) => {
    await field.click();
    if (searched) await field.fill(choice);
    await page.getByRole("listbox", { name }).getByRole("option", { name: choice, exact: true }).click();
  },
  holds: (field) => expect(field).toHaveValue(choice),
});

const on = (name: string): Field => ({
  name,
  at: (page) => page.getByRole("switch", { name }),
  choose: (field) => field.click(),
  holds: (field) => expect(field).toBeChecked(),
});

const radio = (name: string): Field => ({
  name,
  at: (page) => page.getByRole("radio", { name: new RegExp(`^${name}`) }),
  choose: (_, page) => page.getByText(name, { exact: true }).click(),
  holds: (field) => expect(field).toBeChecked(),
});

const tooLong = (letters: number) => "x".repeat(letters + 1);

const pages: { path: string; saved: string; fields: Field[] }[] = [
  {
    path: "shop",
    saved: en.settings.saved,
    fields: [
      text(en.settings.name, "A second name", ""),
      option(en.settings.language, en.languages["zh-Hant"]),
      option(en.settings.timeZone, "Asia/Tokyo", true),
    ],
  },
  {
    path: "answers",
    saved: en.answers.saved,
    fields: [
      radio(en.answers.levels.relaxed),
      on(en.answers.warm),
      text(en.answers.budget, "2500", "99"),
      ...Object.values(en.answers.text).map((name) => text(name, `Our own: ${name}`, tooLong(1000))),
    ],
  },
  {
    path: "hours",
    saved: en.hours.saved,
    fields: [
      {
        name: "openings",
        at: label(en.hours.from("Monday")),
        choose: async (field, page) => {
          await page.getByRole("button", { name: en.hours.addLabel("Monday") }).click();
          await field.fill("10:30");
        },
        holds: (field) => expect(field).toHaveValue("10:30"),
      },
      text(en.hours.holidays, "2027-12-25\n2027-12-26", "tomorrow"),
      text(en.hours.away, "We sleep.", tooLong(500)),
      text(en.hours.consent, "We write back once.", tooLong(500)),
      text(en.hours.within, "45", "0"),
      text(en.hours.notify, "mei@tea.example", "not an address"),
    ],
  },
  {
    path: "widget",
    saved: en.widget.saved,
    fields: [
      text(en.widget.color, "#b91c1c", "#12"),
      text(en.widget.label, "Ask Mei", tooLong(40)),
      radio(en.widget.left),
      on(en.widget.hosted),
    ],
  },
];

let cookie: Cookie;

test.beforeAll(async () => {
  const merchant = await newMerchant("Settings");
  cookie = merchant.cookie;
  await merchant.widget.setLook({ look: { side: "right" }, hosted: false });
});

test.beforeEach(async ({ context }) => {
  await context.addCookies([cookie]);
});

for (const { path, saved, fields } of pages)
  test(`${path}: what was saved comes back, and what is refused is told at its field`, async ({ page }) => {
    const open = async () => {
      await page.goto(`${address()}/console/settings/${path}`);
      await expect(page.getByRole("button", { name: en.act.save })).toBeDisabled();
    };
    const held = async () => {
      for (const { at, choose, holds } of fields) {
        const field = at(page);
        if (holds) await holds(field);
        else await expect(field).toHaveValue(choose as string);
      }
    };
    const save = () => page.getByRole("button", { name: en.act.save }).click();
    await open();
    for (const { name, at, choose } of fields)
      await test.step(name, () =>
        typeof choose === "string" ? at(page).fill(choose) : choose(at(page), page),
      );
    await save();
    await expect(page.getByText(saved)).toBeVisible();
    await open();
    await held();

    // One after the other, so that each refusal is its own field's.
    for (const { name, at, choose, refused } of fields) {
      if (refused === undefined || typeof choose !== "string") continue;
      await test.step(`${name}, refused`, async () => {
        await at(page).fill(refused);
        await save();
        await expect(at(page)).toHaveAttribute("aria-invalid", "true");
        await expect(page.locator("[aria-invalid=true]")).toHaveCount(1);
        await expect(at(page)).toHaveValue(refused); // nothing that was written is lost
        await at(page).fill(choose);
      });
    }
    await open();
    await held();
  });

test("data: how long conversations are kept comes back", async ({ page }) => {
  await page.goto(`${address()}/console/settings/data`);
  const days = page.getByLabel(en.holding.retention, { exact: true });
  await days.selectOption("180");
  await page.getByRole("button", { name: en.act.save }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: en.holding.retentionConfirm }).click();
  await expect(page.getByText(en.holding.retentionSaved)).toBeVisible();
  await page.reload();
  await expect(days).toHaveValue("180");
});

test("widget: what the merchant looks at in the console is not seen on the shop's site", async ({
  page,
  context,
}) => {
  const merchant = await newMerchant("Preview");
  await context.addCookies([merchant.cookie]);
  // As in the demo, where shop and console share an address.
  await merchant.tenant.setAllowedOrigins({ allowedOrigins: [address()] });
  await page.goto(`${address()}/console/settings/widget`);
  await expect(page.getByText("Hello! What would you like to know?").first()).toBeVisible(); // the open chat, which has asked the server
  expect((await merchant.tenant.getTenant({})).tenant?.seenOnSiteAt).toBeUndefined();
});

test("you: a password that is refused is told at its field, and a new one holds", async ({ page }) => {
  await page.goto(`${address()}/console/settings/you`);
  const current = page.getByLabel(en.people.currentPassword);
  const next = page.getByLabel(en.people.newPassword);
  const change = page.getByRole("button", { name: en.people.changePassword });
  await current.fill("not the password");
  await next.fill("another ten characters");
  await change.click();
  await expect(current).toHaveAttribute("aria-invalid", "true");
  await current.fill(password);
  await next.fill("short");
  await change.click();
  await expect(next).toHaveAttribute("aria-invalid", "true");
  await next.fill("another ten characters");
  await change.click();
  await expect(page.getByText(en.people.passwordChanged)).toBeVisible();
});

test("members: an address that is refused is told at its field", async ({ page }) => {
  await page.goto(`${address()}/console/settings/members`);
  const email = page.getByLabel(en.enter.email);
  await email.fill("nobody");
  await page.getByRole("button", { name: en.people.send }).click();
  await expect(email).toHaveAttribute("aria-invalid", "true");
});
