import { count } from "../word-en";

export const engine = {
  degradedTitle: "The language model is not answering",
  degradedBody: "Shoppers still get your own answers, word for word.",
  offTitle: "Answering word for word",
  offBody: "No language model is connected; shoppers get your own answers as you wrote them.",
  preparing: (pending: number) =>
    `${count(pending, "phrase is", "phrases are")} still being prepared for search.`,
  names: (embedder: string, model: string) =>
    model ? `Search: ${embedder}. Writing: ${model}.` : `Search: ${embedder}.`,
  builtIn: "built in",
  hide: "Hide this notice",
};
