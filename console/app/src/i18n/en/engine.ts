import { count } from "../word-en";

export const engine = {
  degradedTitle: "The language model is not answering",
  degradedBody:
    "Shoppers still get your own answers, word for word. It is tried again by itself; those who run the installation see the cause on the platform’s pages.",
  offTitle: "Answering word for word",
  offBody: "No language model is connected; shoppers get your own answers as you wrote them.",
  /** wanted is what is to search; empty: what searches now. */
  preparing: (pending: number, wanted: string) =>
    `${count(pending, "phrase is", "phrases are")} still being prepared for search${wanted && ` by ${wanted}`}.`,
  names: (embedder: string, model: string) =>
    model ? `Search: ${embedder}. Writing: ${model}.` : `Search: ${embedder}.`,
  builtIn: "built in",
  words: "words alone",
  embedderDown: (pending: number) =>
    pending > 0
      ? `The model that searches by meaning does not answer; ${count(pending, "phrase waits", "phrases wait")} for it. It is tried again by itself.`
      : "The model that searches by meaning does not answer. It is tried again by itself.",
  hide: "Hide this notice",
};
