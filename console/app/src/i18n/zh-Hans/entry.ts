import type { Catalogue } from "../en";

export const entry: Catalogue["entry"] = {
  new: "新增一条",
  edit: "编辑",
  question: "问题",
  questionHint: "以顾客会用的问法来写",
  answer: "答案",
  answerHint: "顾客看到的就是这些文字",
  phrasings: "其他问法",
  phrasingsHint: "一行一种。问法越多，越能听懂问题。",
  category: "分类",
  categoryHint: "供您整理用，顾客看不到",
  language: "语言",
  languageAuto: "由文字判断",
  saved: "已保存。",
  created: "已新增。",
  discardTitle: "不保存就关闭吗？",
  discardBody: "您在这里所做的修改将会丢失。",
  discard: "不保存并关闭",
  keep: "继续编辑",
};
