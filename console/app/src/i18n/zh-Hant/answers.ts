import type { Catalogue } from "../en";
import { n } from "../word-zh-Hant";

export const answers: Catalogue["answers"] = {
  title: "回答方式",
  lead: "要有多大把握才回答，以及知識庫沒有答案時怎麼說",
  strictness: "要有多大把握才直接回答？",
  strictnessHint: "把握不夠時，會列出幾個問題讓顧客選，或坦白說不知道。",
  levels: { verySure: "非常有把握", sure: "有把握", relaxed: "寬鬆" },
  levelHints: {
    verySure: "目標：20 題答對 19 題，會比較常反問。",
    sure: "目標：10 題答對 9 題。",
    relaxed: "目標：10 題答對 8 題，較少反問。",
  },
  answered: (share, questions) => `最近 ${n(questions)} 個問題中，會直接回答 ${share}。`,
  right: (share, judged, low, high) =>
    `${n(judged)} 筆評斷中，${share} 正確（可以確定介於 ${low} 到 ${high}）。`,
  notRated: "這個程度的回答還沒有任何評斷。",
  missing: (judged, ratingsMissing, checksMissing) =>
    `在您店裡的正確率要靠評分和檢查來量：目前共 ${n(judged)} 筆，還需要 ${n(ratingsMissing)} 筆評分或 ${n(checksMissing)} 項檢查。在那之前使用一般設定。`,
  measured: (ratings, checks) =>
    `以您自己店裡的 ${n(ratings)} 筆評分和 ${n(checks)} 項檢查量得。計算檢查時，當作還沒有人把該問題寫進知識庫。`,
  products: (given, rated, helped) =>
    `另有 ${n(given)} 個回答直接取自您的商品資料，不計入以上比例。${rated > 0 ? `其中 ${n(rated)} 個有顧客評分，${n(helped)} 個有幫助。` : ""}`,
  warm: "語氣親切一點",
  warmHint: "由模型把您的文字說得更親切；內容必須完全一致，而且來得及才會採用。",
  noModel: "設定好會寫字的模型後才會生效；在那之前一律使用您的原文。",
  budget: "願意等模型多久（毫秒）",
  budgetHint: "100 到 10,000。顧客會立刻看到您的原文；模型的文字在時限內完成才會取代它。",
  invalidBudget: "請輸入 100 到 10,000 之間的數字。",
  texts: "固定文字",
  textsHint: "知識庫沒有對應內容時說的話。留空就照灰字顯示的內容說。",
  textsLanguage: "固定文字的語言",
  text: {
    greeting: "歡迎詞",
    clarify: "列出「您想問的是」之前",
    abstain: "找不到答案",
    person: "顧客要找真人",
    thanks: "顧客道謝",
    goodbye: "顧客道別",
    robot: "被問是不是機器人",
    wordless: "只打了符號",
    noKnowledge: "知識庫還是空的",
    abuse: "被罵的時候",
  },
  saved: "已儲存，下一個問題就會生效。",
};
