import type { Catalogue } from "../en";

export const entry: Catalogue["entry"] = {
  new: "新增一則",
  edit: "編輯",
  question: "問題",
  questionHint: "以顧客會用的問法來寫",
  answer: "答案",
  answerHint: "顧客看到的就是這些文字",
  phrasings: "其他問法",
  phrasingsHint: "一行一種。問法越多，越能聽懂問題。",
  category: "分類",
  categoryHint: "供您整理用，顧客看不到",
  language: "語言",
  languageAuto: "由文字判斷",
  saved: "已儲存。",
  created: "已新增。",
  discardTitle: "不儲存就關閉嗎？",
  discardBody: "您在這裡所做的修改將會遺失。",
  discard: "不儲存並關閉",
  keep: "繼續編輯",
};
