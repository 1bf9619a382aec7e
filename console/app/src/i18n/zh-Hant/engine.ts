import type { Catalogue } from "../en";
import { n } from "../word-zh-Hant";

export const engine: Catalogue["engine"] = {
  degradedTitle: "語言模型沒有回應",
  degradedBody:
    "顧客仍會收到您寫的答案，一字不改。系統會自動重試；系統管理者可在平台的「系統狀態」頁面查看原因。",
  offTitle: "以原文回答",
  offBody: "目前沒有連接語言模型；顧客收到的就是您寫的答案。",
  preparing: (pending, wanted) => `還有 ${n(pending)} 個問法正在為搜尋${wanted && `（${wanted}）`}做準備。`,
  names: (embedder, model) => (model ? `搜尋：${embedder}。撰寫：${model}。` : `搜尋：${embedder}。`),
  builtIn: "內建",
  words: "僅比對字詞",
  embedderDown: (pending) =>
    pending > 0
      ? `依語意搜尋的模型沒有回應，有 ${n(pending)} 個問法在等它。系統會自動重試。`
      : "依語意搜尋的模型沒有回應。系統會自動重試。",
  hide: "隱藏這則說明",
};
