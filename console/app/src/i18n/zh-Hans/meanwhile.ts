import type { Catalogue } from "../en";

export const meanwhile: Catalogue["meanwhile"] = {
  entry: {
    by: (who, when) => `${who} 在${when}修改了这条内容。`,
    byYou: (when) => `您在${when}于其他地方修改了这条内容。`,
    changed: "这条内容已在其他地方被修改。",
    deleted: "这条内容已在其他地方被删除。这里的文字可以另存为新的一条。",
    asNew: "另存为新的一条",
    missingTitle: "这条内容已经不存在",
    missingBody: "可能已被删除，或者网址不正确。",
  },
  product: {
    by: (who, when) => `${who} 在${when}修改了这件商品。`,
    byYou: (when) => `您在${when}于其他地方修改了这件商品。`,
    changed: "这件商品已在其他地方被修改。",
    deleted: "这件商品已在其他地方被删除。这里的内容可以另存为新的商品。",
    asNew: "另存为新的商品",
    missingTitle: "这件商品已经不存在",
    missingBody: "可能已被删除，或者网址不正确。",
  },
  clash: (fields) => `双方都改过：${fields}。目前还没有覆盖任何内容。`,
  taken: (fields) => `已带入对方的修改：${fields}。您写的内容都还在。`,
  see: "查看对方的版本",
  hide: "收起对方的版本",
  over: "以我的版本保存",
  take: "采用对方的版本",
  seen: "知道了",
  empty: "空白",
};
