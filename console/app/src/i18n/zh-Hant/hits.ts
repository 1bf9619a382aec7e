import type { Catalogue } from "../en";
import { n } from "../word-zh-Hant";

export const hits: Catalogue["hits"] = {
  title: "被問紀錄",
  lead: (hits) => `由這則內容回答的最近 ${n(hits)} 個問題，以及當時有多少把握。`,
  further: "並非首要依據",
  emptyTitle: "還沒有人問過",
  emptyBody: "這則內容一回答顧客，問題就會出現在這裡。",
};
