import type { Catalogue } from "../en";

export const baseline: Catalogue["baseline"] = {
  title: "目前的情況如何？",
  lead: "只問一次，隨時可以修改。估計值即可。",
  firstReply: "顧客多少分鐘後得到第一次回覆",
  perConversation: "處理每則對話需要幾分鐘",
  wage: "這項工作每小時的成本",
  currency: "幣別",
  save: "顯示節省了多少",
  needed: "要顯示節省的時間與金額，需要您自己的數字。我們不會自行猜測。",
  invalidNumber: "請填寫數字。",
};
