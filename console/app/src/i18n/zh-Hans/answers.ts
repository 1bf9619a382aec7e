import type { Catalogue } from "../en";
import { n } from "../word-zh-Hans";

export const answers: Catalogue["answers"] = {
  title: "回答方式",
  lead: "有多大把握才回答，以及知识库没有答案时怎么说",
  strictness: "有多大把握才直接回答？",
  strictnessHint: "把握不够时，会列出几个问题供顾客选择，或坦率地说不知道。",
  levels: { verySure: "非常有把握", sure: "有把握", relaxed: "宽松" },
  levelHints: {
    verySure: "目标：20 题答对 19 题，反问会多一些。",
    sure: "目标：10 题答对 9 题。",
    relaxed: "目标：10 题答对 8 题，反问会少一些。",
  },
  answered: (share, questions) => `最近 ${n(questions)} 个问题中，会直接回答 ${share}。`,
  right: (share, judged, low, high) =>
    `${n(judged)} 条评判中，${share} 正确（可以确定在 ${low} 到 ${high} 之间）。`,
  notRated: "这个级别的回答还没有任何评判。",
  missing: (judged, ratingsMissing, checksMissing) =>
    `在您店里的正确率要靠评分和检查来衡量：目前共 ${n(judged)} 条，还需要 ${n(ratingsMissing)} 条评分或 ${n(checksMissing)} 项检查。在此之前使用通用设置。`,
  measured: (ratings, checks) =>
    `由您自己店里的 ${n(ratings)} 条评分和 ${n(checks)} 项检查测得。计算检查时，当作还没有人把该问题写进知识库。`,
  products: (given, rated, helped) =>
    `另有 ${n(given)} 个回答直接取自您的商品资料，不计入以上比例。${rated > 0 ? `其中 ${n(rated)} 个有顾客评分，${n(helped)} 个有帮助。` : ""}`,
  warm: "语气更亲切",
  warmHint: "由模型把您的文字说得更亲切；内容必须完全一致，并且来得及才会采用。",
  noModel: "配置好会写作的模型后才会生效；在此之前一律使用您的原文。",
  budget: "愿意等模型多久（毫秒）",
  budgetHint: "100 到 10,000。顾客会立刻看到您的原文；模型的文字在时限内完成才会替换它。",
  invalidBudget: "请输入 100 到 10,000 之间的数字。",
  texts: "固定文字",
  textsHint: "知识库没有对应内容时说的话。留空则按灰字显示的内容说。",
  textsLanguage: "固定文字的语言",
  text: {
    greeting: "欢迎语",
    clarify: "列出“您想问的是”之前",
    abstain: "找不到答案",
    person: "顾客要找真人",
    thanks: "顾客道谢",
    goodbye: "顾客道别",
    robot: "被问是不是机器人",
    wordless: "只发了符号",
    noKnowledge: "知识库还是空的",
    abuse: "被骂的时候",
  },
  saved: "已保存，下一个问题起生效。",
};
