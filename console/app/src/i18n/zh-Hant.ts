import type { Catalogue } from "./en";
import { answers } from "./zh-Hant/answers";
import { baseline } from "./zh-Hant/baseline";
import { checks } from "./zh-Hant/checks";
import { engine } from "./zh-Hant/engine";
import { enter } from "./zh-Hant/enter";
import { entry } from "./zh-Hant/entry";
import { figures } from "./zh-Hant/figures";
import { gaps } from "./zh-Hant/gaps";
import { history } from "./zh-Hant/history";
import { hits } from "./zh-Hant/hits";
import { holding } from "./zh-Hant/holding";
import { home } from "./zh-Hant/home";
import { hours } from "./zh-Hant/hours";
import { importing } from "./zh-Hant/importing";
import { inbox } from "./zh-Hant/inbox";
import { install } from "./zh-Hant/install";
import { knowledge } from "./zh-Hant/knowledge";
import { ledger } from "./zh-Hant/ledger";
import { meanwhile } from "./zh-Hant/meanwhile";
import { people } from "./zh-Hant/people";
import { platform } from "./zh-Hant/platform";
import { problem } from "./zh-Hant/problem";
import { products } from "./zh-Hant/products";
import { settings } from "./zh-Hant/settings";
import { start } from "./zh-Hant/start";
import { trying } from "./zh-Hant/trying";
import { widget } from "./zh-Hant/widget";

export const zhHant: Catalogue = {
  app: {
    name: "Storebot",
    skip: "跳到內容",
    menu: "選單",
    close: "關閉",
    logOut: "登出",
    shop: "商店",
    suspendedShop: (name) => `${name}（已停用）`,
    language: "語言",
    scheme: "外觀",
    schemes: { light: "淺色", dark: "深色", auto: "跟隨裝置" },
    navigation: "後台頁面",
  },
  nav: {
    home: "總覽",
    figures: "數據",
    knowledge: "知識庫",
    products: "商品",
    try: "試問",
    inbox: "收件匣",
    gaps: "待補問題",
    checks: "檢查",
    install: "安裝",
    settings: "設定",
  },
  act: {
    save: "儲存",
    cancel: "取消",
    delete: "刪除",
    retry: "再試一次",
    copy: "複製",
    copied: "已複製",
    next: "下一頁",
    previous: "上一頁",
    back: "返回",
    clearFilters: "清除篩選",
    clearSearch: "清除搜尋",
    more: "顯示更多",
    saved: "已儲存",
    chart: "圖表",
    table: "表格",
    view: "檢視方式",
  },
  languages: { en: "English", "zh-Hant": "繁體中文", "zh-Hans": "简体中文" },
  figure: { under: (figure) => `不到 ${figure}`, now: "剛剛" },
  problem,
  meanwhile,
  people,
  holding,
  platform,
  enter,
  engine,
  home,
  figures,
  baseline,
  ledger,
  decision: {
    direct: "您的原文",
    composed: "依您的內容撰寫",
    clarify: "反問確認",
    abstain: "表示不知道",
    small_talk: "寒暄",
    unknown: "未知",
  },
  knowledge,
  products,
  entry,
  history,
  hits,
  import: importing,
  try: trying,
  gaps,
  checks,
  inbox,
  hours,
  install,
  settings,
  start,
  widget,
  answers,
};
