import type { Catalogue } from "./en";
import { answers } from "./zh-Hans/answers";
import { baseline } from "./zh-Hans/baseline";
import { checks } from "./zh-Hans/checks";
import { engine } from "./zh-Hans/engine";
import { enter } from "./zh-Hans/enter";
import { entry } from "./zh-Hans/entry";
import { figures } from "./zh-Hans/figures";
import { gaps } from "./zh-Hans/gaps";
import { history } from "./zh-Hans/history";
import { hits } from "./zh-Hans/hits";
import { holding } from "./zh-Hans/holding";
import { home } from "./zh-Hans/home";
import { hours } from "./zh-Hans/hours";
import { importing } from "./zh-Hans/importing";
import { inbox } from "./zh-Hans/inbox";
import { install } from "./zh-Hans/install";
import { knowledge } from "./zh-Hans/knowledge";
import { ledger } from "./zh-Hans/ledger";
import { meanwhile } from "./zh-Hans/meanwhile";
import { people } from "./zh-Hans/people";
import { platform } from "./zh-Hans/platform";
import { problem } from "./zh-Hans/problem";
import { products } from "./zh-Hans/products";
import { settings } from "./zh-Hans/settings";
import { start } from "./zh-Hans/start";
import { trying } from "./zh-Hans/trying";
import { widget } from "./zh-Hans/widget";

export const zhHans: Catalogue = {
  app: {
    name: "Storebot",
    skip: "跳到内容",
    menu: "菜单",
    close: "关闭",
    logOut: "退出登录",
    shop: "店铺",
    suspendedShop: (name) => `${name}（已停用）`,
    language: "语言",
    scheme: "外观",
    schemes: { light: "浅色", dark: "深色", auto: "跟随设备" },
    navigation: "后台页面",
  },
  nav: {
    home: "总览",
    figures: "数据",
    knowledge: "知识库",
    products: "商品",
    try: "试问",
    inbox: "收件箱",
    gaps: "待补问题",
    checks: "检查",
    install: "安装",
    settings: "设置",
  },
  act: {
    save: "保存",
    cancel: "取消",
    delete: "删除",
    retry: "再试一次",
    copy: "复制",
    copied: "已复制",
    next: "下一页",
    previous: "上一页",
    back: "返回",
    clearFilters: "清除筛选",
    clearSearch: "清除搜索",
    more: "显示更多",
    saved: "已保存",
    chart: "图表",
    table: "表格",
    view: "查看方式",
  },
  languages: { en: "English", "zh-Hant": "繁體中文", "zh-Hans": "简体中文" },
  figure: { under: (figure) => `不到 ${figure}`, now: "刚刚" },
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
    composed: "依您的内容撰写",
    clarify: "反问确认",
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
