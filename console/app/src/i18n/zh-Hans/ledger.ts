import type { Catalogue } from "../en";

export const ledger: Catalogue["ledger"] = {
  title: "数字背后的对话",
  lead: "每次对话，以及它计入的分钟数。",
  question: "第一个问题",
  outcome: "结果",
  minutes: "分钟：低 / 较可能 / 高",
  empty: "这段期间没有对话。",
  outcomes: {
    handed_off: "转接给人工",
    failed_hand_off: "要求人工，但没有联系上",
    small_talk: "寒暄",
    not_helpful: "顾客表示没有帮助",
    abstained: "最后的问题没有得到答案",
    confirmed: "顾客表示有帮助",
    returned: "7 天内又回来",
    untouched: "没有人需要处理",
  },
};
