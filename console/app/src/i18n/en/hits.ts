import { n } from "../word-en";

export const hits = {
  title: "Questions",
  lead: (hits: number) =>
    hits === 1
      ? "The question that this entry answered, and how sure it was."
      : `The last ${n(hits)} questions that this entry answered, and how sure it was.`,
  further: "with another entry first",
  emptyTitle: "Not asked yet",
  emptyBody: "As soon as this entry answers a shopper, the question stands here.",
};
