import type { Catalogue } from "../en";
import { n } from "../word-zh-Hant";

export const gaps: Catalogue["gaps"] = {
  title: "待補問題",
  lead: "顧客問過、但知識庫還答不出來的問題。",
  total: (gaps) => `${n(gaps)} 個待補問題`,
  shown: (shown, all) => `顯示 ${n(all)} 個中最新的 ${n(shown)} 個。`,
  asked: (when) => `提問時間：${when}`,
  write: "寫下答案",
  dismiss: "忽略",
  dismissHint: "適用於與您商店無關的問題",
  dismissed: "已忽略。",
  emptyTitle: "沒有待補的問題",
  emptyBody: "目前每個問題都得到了答案。之後答不出來的會出現在這裡。",
  list: "待補問題",
};
