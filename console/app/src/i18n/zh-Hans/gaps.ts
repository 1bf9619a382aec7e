import type { Catalogue } from "../en";
import { n } from "../word-zh-Hans";

export const gaps: Catalogue["gaps"] = {
  title: "待补问题",
  lead: "顾客问过、但知识库还答不出来的问题。",
  total: (gaps) => `${n(gaps)} 个待补问题`,
  shown: (shown, all) => `显示 ${n(all)} 个中最新的 ${n(shown)} 个。`,
  asked: (when) => `提问时间：${when}`,
  write: "写下答案",
  dismiss: "忽略",
  dismissHint: "适用于与您商店无关的问题",
  dismissed: "已忽略。",
  emptyTitle: "没有待补的问题",
  emptyBody: "目前每个问题都得到了答案。之后答不出来的会出现在这里。",
  list: "待补问题",
};
