import type { Catalogue } from "../en";

export const meanwhile: Catalogue["meanwhile"] = {
  entry: {
    by: (who, when) => `${who} 在${when}修改了這則內容。`,
    byYou: (when) => `您在${when}於其他地方修改了這則內容。`,
    changed: "這則內容已在其他地方被修改。",
    deleted: "這則內容已在其他地方被刪除。這裡的文字可以另存成新的一則。",
    asNew: "另存成新的一則",
    missingTitle: "這則內容已經不存在",
    missingBody: "可能已被刪除，或網址不正確。",
  },
  product: {
    by: (who, when) => `${who} 在${when}修改了這項商品。`,
    byYou: (when) => `您在${when}於其他地方修改了這項商品。`,
    changed: "這項商品已在其他地方被修改。",
    deleted: "這項商品已在其他地方被刪除。這裡的內容可以另存成新的商品。",
    asNew: "另存成新的商品",
    missingTitle: "這項商品已經不存在",
    missingBody: "可能已被刪除，或網址不正確。",
  },
  clash: (fields) => `雙方都改過：${fields}。目前尚未覆蓋任何內容。`,
  taken: (fields) => `已帶入對方的修改：${fields}。您寫的內容都還在。`,
  see: "看對方的版本",
  hide: "收起對方的版本",
  over: "以我的版本儲存",
  take: "採用對方的版本",
  seen: "知道了",
  empty: "空白",
};
