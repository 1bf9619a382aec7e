import type { Catalogue } from "../en";

export const ledger: Catalogue["ledger"] = {
  title: "數字背後的對話",
  lead: "每則對話，以及它計入的分鐘數。",
  question: "第一個問題",
  outcome: "結果",
  minutes: "分鐘：低 / 較可能 / 高",
  empty: "這段期間沒有對話。",
  outcomes: {
    handed_off: "轉接給真人",
    failed_hand_off: "要求真人，但沒有聯繫上",
    small_talk: "寒暄",
    not_helpful: "顧客表示沒有幫助",
    abstained: "最後的問題沒有得到答案",
    confirmed: "顧客表示有幫助",
    returned: "7 天內又回來",
    untouched: "沒有人需要處理",
  },
};
