import { count, n } from "../word-en";

export const answers = {
  title: "Answers",
  lead: "How sure the assistant must be, and what it says when no entry says it",
  strictness: "How sure must it be to answer by itself?",
  strictnessHint: "Below that it offers questions to choose from, or says that it does not know.",
  levels: { verySure: "Very sure", sure: "Sure", relaxed: "Relaxed" },
  levelHints: {
    verySure: "Aims at 19 right answers in 20. Asks back more often.",
    sure: "Aims at 9 right answers in 10.",
    relaxed: "Aims at 8 right answers in 10. Asks back less often.",
  },
  answered: (share: string, questions: number) =>
    `Answers ${share} of your last ${count(questions, "question", "questions")} at once.`,
  right: (share: string, judged: number, low: string, high: string) =>
    `Of ${n(judged)} that were judged ${share} are right (between ${low} and ${high} can be said for certain).`,
  notRated: "No answer at this level has been judged yet.",
  missing: (judged: number, ratingsMissing: number, checksMissing: number) =>
    `How often it is right in your shop is measured from ratings and from your checks: ${n(judged)} so far. ${count(ratingsMissing, "more rating", "more ratings")} or ${count(checksMissing, "more check", "more checks")} are needed. Until then these are the usual settings.`,
  measured: (ratings: number, checks: number) =>
    `Measured in your own shop, from ${count(ratings, "rating", "ratings")} and ${count(checks, "check", "checks")}. A check counts as if nobody had written its question into an entry.`,
  products: (given: number, rated: number, helped: number) =>
    `Not counted in this: ${count(given, "answer was", "answers were")} read off your products’ rows.${rated > 0 ? ` Of ${n(rated)} that shoppers rated, ${n(helped)} helped.` : ""}`,
  warm: "Warmer tone",
  warmHint: "A model may put your words more warmly, if every fact stays the same and it is quick enough.",
  noModel: "Takes effect once a model that writes is configured; answers are in your own words until then.",
  budget: "Patience with the model, in milliseconds",
  budgetHint:
    "Between 100 and 10,000. Shoppers see your own words at once; the model's replace them within this time or not at all.",
  invalidBudget: "Please give a number between 100 and 10,000.",
  texts: "Fixed texts",
  textsHint: "What is said without an entry. What you leave empty is said as shown.",
  textsLanguage: "Language of the fixed texts",
  text: {
    greeting: "Greeting",
    clarify: "Before “did you mean” questions",
    abstain: "No entry answers",
    person: "Asked for a person",
    thanks: "Thanked",
    goodbye: "Goodbye",
    robot: "Asked whether it is a robot",
    wordless: "Signs without a word",
    noKnowledge: "There are no entries yet",
    abuse: "Insulted",
  },
  saved: "Saved. It holds for the next question.",
};
