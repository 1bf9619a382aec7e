// Every text of the console, a file a section. This catalogue defines the keys; the other
// languages must have the same ones, or they do not compile.

import { answers } from "./en/answers";
import { baseline } from "./en/baseline";
import { checks } from "./en/checks";
import { engine } from "./en/engine";
import { enter } from "./en/enter";
import { entry } from "./en/entry";
import { figures } from "./en/figures";
import { gaps } from "./en/gaps";
import { history } from "./en/history";
import { hits } from "./en/hits";
import { holding } from "./en/holding";
import { home } from "./en/home";
import { hours } from "./en/hours";
import { importing } from "./en/importing";
import { inbox } from "./en/inbox";
import { install } from "./en/install";
import { knowledge } from "./en/knowledge";
import { ledger } from "./en/ledger";
import { meanwhile } from "./en/meanwhile";
import { people } from "./en/people";
import { platform } from "./en/platform";
import { problem } from "./en/problem";
import { products } from "./en/products";
import { settings } from "./en/settings";
import { start } from "./en/start";
import { trying } from "./en/trying";
import { widget } from "./en/widget";

export const en = {
  app: {
    name: "Storebot",
    skip: "Skip to content",
    menu: "Menu",
    close: "Close",
    logOut: "Log out",
    shop: "Shop",
    suspendedShop: (name: string) => `${name} (suspended)`,
    language: "Language",
    scheme: "Appearance",
    schemes: { light: "Light", dark: "Dark", auto: "As on this device" },
    navigation: "Pages of the console",
  },
  nav: {
    home: "Overview",
    figures: "Figures",
    knowledge: "Knowledge",
    products: "Products",
    try: "Try it",
    inbox: "Inbox",
    gaps: "Gaps",
    checks: "Checks",
    install: "Install",
    settings: "Settings",
  },
  act: {
    save: "Save",
    cancel: "Cancel",
    delete: "Delete",
    retry: "Try again",
    copy: "Copy",
    copied: "Copied",
    next: "Next",
    previous: "Previous",
    back: "Back",
    clearFilters: "Clear filters",
    clearSearch: "Clear the search",
    more: "Show more",
    saved: "Saved",
    chart: "Chart",
    table: "Table",
    view: "View as",
  },
  languages: { en: "English", "zh-Hant": "繁體中文", "zh-Hans": "简体中文" },
  figure: { under: (figure: string) => `under ${figure}`, now: "just now" },
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
    direct: "Your own words",
    composed: "Written from your entries",
    clarify: "Asked back",
    abstain: "Said it does not know",
    small_talk: "Small talk",
    unknown: "Unknown",
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

/** Catalogue is the shape that every language has. */
export type Catalogue = typeof en;
