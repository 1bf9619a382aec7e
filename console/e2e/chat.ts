// The widget on a shop's page, as a shopper finds it, in the languages it speaks.
import type { Page } from "@playwright/test";

export const launcher = (page: Page) => page.getByRole("button", { name: /^(Ask us|問問我們|问问我们)$/ });

export const field = (page: Page) =>
  page.getByRole("textbox", { name: /^(Write your question|輸入您的問題|输入您的问题)$/ });

/** log is what the shopper sees of the conversation; the screen reader's copy is outside of it. */
export const log = (page: Page) => page.getByRole("region", { name: /^(Conversation|對話|对话)$/ });

/** helped are the thumbs up: one under each reply that holds the shop's own words. */
export const helped = (page: Page) => page.getByRole("button", { name: /^(This helped|有幫助|有帮助)$/ });

export async function ask(page: Page, question: string): Promise<void> {
  await field(page).fill(question);
  await page.keyboard.press("Enter");
}
