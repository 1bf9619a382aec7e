import type { Catalogue } from "../en";
import { n } from "../word-zh-Hans";

export const history: Catalogue["history"] = {
  title: "修改记录",
  kinds: {
    create: "新增",
    edit: "编辑",
    state: "发布或改为草稿",
    category: "更改分类",
    import: "导入",
    restore: "恢复旧版本",
    delete: "已删除",
    undo: "撤销更改",
    unknown: "最初的版本",
  },
  byProgram: "系统",
  changes: (fields) => `${n(fields)} 处更改`,
  present: "当前版本",
  restore: "恢复",
  restored: "已恢复为先前的版本。",
};
