import type { Catalogue } from "../en";
import { n } from "../word-zh-Hant";

export const history: Catalogue["history"] = {
  title: "修改紀錄",
  kinds: {
    create: "新增",
    edit: "編輯",
    state: "發布或改為草稿",
    category: "變更分類",
    import: "匯入",
    restore: "還原舊版本",
    delete: "已刪除",
    undo: "復原變更",
    unknown: "最初的版本",
  },
  byProgram: "系統",
  changes: (fields) => `${n(fields)} 處變更`,
  present: "目前的版本",
  restore: "還原",
  restored: "已還原為先前的版本。",
};
