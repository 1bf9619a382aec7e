// Conversations that the demo shop's figures are made of.
import { type Merchant, shopper } from "./caller";

/** What shoppers of the demo shop asked, a conversation a line. */
export const conversations = [
  ["how much do I have to spend for free delivery?", "how long does it take to arrive"],
  ["do you ship to Japan"],
  ["which bag fits a 14 inch laptop", "can I take it into the cabin"],
  ["how many days do I have to return a bag"],
  ["what does the warranty cover"],
  ["how can I pay", "can I pay in instalments"],
  ["滿多少可以免運？", "可以開統編嗎？"],
  ["七天鑑賞期從哪天開始算？"],
  ["买多少钱可以包邮？"],
  ["how do I track my parcel"],
  ["do you ship to Hong Kong", "thanks"],
  ["how big is the Pine Daypack"],
  ["can I collect my parcel at 7-eleven"],
  ["do I need a receipt for the warranty"],
  ["保固多久？"],
  ["can I get an invoice with a company tax number"],
  ["my parcel is late"],
  ["how do I send something back"],
  ["who pays for return shipping"],
  ["哪個包放得下我的筆電？"],
  ["is the canvas tote made by hand in Peru?"],
  ["do you hire part-time photographers?"],
] as const;

/** askAll asks them one after the other, and lets every third shopper say that it helped. */
export async function askAll(key: string): Promise<void> {
  const visitor = shopper(key);
  for (const [i, questions] of conversations.entries()) {
    const token = await visitor.start(/[\u4e00-\u9fff]/.test(questions[0]) ? "zh-Hant" : "en");
    for (const question of questions) {
      const { messageId } = await visitor.ask(token, question);
      if (i % 3 === 0) await visitor.client.rate({ conversationToken: token, messageId, rating: 1 });
    }
  }
}

/** setBaseline says how it was before, as the shop's owner would. */
export async function setBaseline({ insight }: Merchant): Promise<void> {
  await insight.setBaseline({
    baseline: {
      minutesToFirstReply: 95,
      minutesPerConversation: 6,
      hourlyWageMinor: 20_000n,
      currency: "TWD",
    },
  });
}
