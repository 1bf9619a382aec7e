import type { Catalogue } from "../en";
import { n } from "../word-zh-Hans";

export const engine: Catalogue["engine"] = {
  degradedTitle: "语言模型没有响应",
  degradedBody:
    "顾客仍会收到您写的答案，一字不改。系统会自动重试；系统管理员可在平台的“系统状态”页面查看原因。",
  offTitle: "以原文回答",
  offBody: "目前没有连接语言模型；顾客收到的就是您写的答案。",
  preparing: (pending, wanted) => `还有 ${n(pending)} 个问法正在为搜索${wanted && `（${wanted}）`}做准备。`,
  names: (embedder, model) => (model ? `搜索：${embedder}。撰写：${model}。` : `搜索：${embedder}。`),
  builtIn: "内置",
  words: "仅比对字词",
  embedderDown: (pending) =>
    pending > 0
      ? `按语义搜索的模型没有响应，有 ${n(pending)} 个问法在等它。系统会自动重试。`
      : "按语义搜索的模型没有响应。系统会自动重试。",
  hide: "隐藏这条说明",
};
