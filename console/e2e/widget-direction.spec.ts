// The widget on a page that is read from right to left.
import type { Locator, Page } from "@playwright/test";
import { field, launcher, log } from "./chat";
import { accessible, address, expect, noSidewaysScroll, pagePicture, test } from "./fixture";
import { frames } from "./stream";

const greeting = "مرحبا! اسألني عن الشحن والإرجاع.";
const answer = "الشحن مجاني للطلبات فوق 1,200 NT$. رقم الطلب HP-20240511-0042.";

/** arabic answers as an Arabic shop would. */
async function arabic(page: Page): Promise<void> {
  await page.route(/ShopperService\/GetWidget/, (route) =>
    route.fulfill({
      json: {
        shopName: "متجر الميناء",
        language: "ar",
        greeting,
        suggestions: ["كم تكلفة الشحن؟"],
        look: {},
      },
    }),
  );
  const card = { sku: "A", name: "حقيبة يومية", price: "NT$2,480", availability: "متوفر" };
  await page.route(/ShopperService\/Ask/, (route) =>
    route.fulfill({
      contentType: "application/connect+json",
      body: frames(
        { accepted: { messageId: "m" } },
        {
          done: {
            decision: "DECISION_COMPOSED",
            text: answer,
            sources: [{ question: "كم تكلفة الشحن؟", answer: "الشحن مجاني.", number: 1 }],
            products: [card],
            suggestions: ["هل يمكنني الإرجاع؟"],
          },
        },
        {},
      ),
    }),
  );
}

/** edges are how far a part's sides are from those of the whole panel, in pixels: at the page's left, at its right. */
async function edges(panel: Locator, part: Locator): Promise<{ left: number; right: number }> {
  const [whole, box] = [await panel.boundingBox(), await part.boundingBox()];
  if (!whole || !box) throw new Error("not shown");
  return { left: box.x - whole.x, right: whole.x + whole.width - box.x - box.width };
}

/** stop is the side of its text at which the last sign of a sentence stands. */
function stop(sentence: Locator): Promise<"left" | "right"> {
  return sentence.evaluate((e) => {
    const text = e.lastChild as Text;
    const x = (at: number) => {
      const range = document.createRange();
      range.setStart(text, at);
      range.setEnd(text, at + 1);
      return range.getBoundingClientRect().left;
    };
    return x(text.length - 1) > x(text.length - 2) ? "right" : "left";
  });
}

for (const width of [1280, 375]) {
  test(`stands mirrored on a page that is read from right to left, ${width} px wide`, async ({ page }) => {
    await page.setViewportSize({ width, height: 760 });
    await arabic(page);
    await page.goto(`${address()}/demo/?lang=en`);
    await page.evaluate(() => {
      document.documentElement.dir = "rtl";
    });
    await launcher(page).click();
    const panel = page.getByRole("dialog");
    await expect(log(page)).toContainText(greeting);
    await field(page).fill("هل الشحن مجاني؟");
    await page.keyboard.press("Enter");
    await expect(page.locator(".product")).toBeVisible();
    await page.getByLabel("More").click();
    await page.screenshot({ path: pagePicture(`widget-rtl-${width}`) });
    await accessible(page);
    await page.getByRole("button", { name: "End the chat" }).click();
    await page.getByRole("button", { name: "Talk to a person" }).click();
    await expect(page.getByRole("textbox", { name: /^E-mail/ })).toBeVisible();
    await page.screenshot({ path: pagePicture(`widget-rtl-forms-${width}`) });
    await accessible(page);
    await noSidewaysScroll(page);
    // What is English there still reads from left to right: its full stops stand at its end.
    expect(await stop(page.locator("form.card p").first())).toBe("right");
    expect(await stop(log(page).getByText(greeting))).toBe("left");
    for (const [what, part, near] of [
      ["the button that closes", page.getByRole("button", { name: "Close" }), "left"],
      ["the button that sends", page.getByRole("button", { name: "Send" }), "left"],
      ["the shopper's words", page.locator(".me"), "left"],
      ["the bot's words", page.locator(".bot .text"), "right"],
    ] as const) {
      const { left, right } = await edges(panel, part);
      expect(left < right ? "left" : "right", what).toBe(near);
    }
  });
}
