import type { Catalogue } from "../en";
import { n } from "../word-zh-Hans";

export const hits: Catalogue["hits"] = {
  title: "被问记录",
  lead: (hits) => `由这条内容回答的最近 ${n(hits)} 个问题，以及当时有多大把握。`,
  further: "并非首要依据",
  emptyTitle: "还没有人问过",
  emptyBody: "这条内容一回答顾客，问题就会出现在这里。",
};
