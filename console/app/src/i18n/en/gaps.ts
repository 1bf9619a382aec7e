import { count, n } from "../word-en";

const conversations = (number: number) => count(number, "conversation", "conversations");

export const gaps = {
  title: "Gaps",
  lead: "What your shoppers asked and your knowledge does not answer yet. Questions that ask the same stand together.",
  total: (gaps: number) => `${count(gaps, "open gap", "open gaps")}`,
  shown: (shown: number, all: number) => `The ${n(shown)} most asked for of ${n(all)}.`,
  demand: (number: number, when: string) => `In ${conversations(number)}, last ${when}`,
  notHelpful: (questions: number) => `${n(questions)} said the answer did not help`,
  notTakenUp: (questions: number) => `${n(questions)} took up nothing that was offered`,
  answeredBefore: "You have answered this, and it was asked again in other words",
  write: "Answer it",
  dismiss: "Dismiss",
  dismissHint:
    "For questions that do not concern your shop. Those that ask the same later stay out of sight too.",
  dismissed: "Dismissed.",
  restore: "Bring back",
  restored: "It is back on the list.",
  show: "Which gaps are shown",
  open: "Open",
  dismissedOnes: "Dismissed",
  select: (question: string) => `Select: ${question}`,
  merge: (gaps: number) => `Join the ${n(gaps)} selected`,
  merged: "They are one gap now.",
  emptyTitle: "The review queue is clear.",
  emptyBody: "Every question so far got an answer. New ones that do not will appear here.",
  nothingTitle: "No questions yet",
  nothingBody:
    "What shoppers ask and your knowledge does not answer will stand here. In the last 30 days nobody has asked anything.",
  noneDismissedTitle: "Nothing dismissed",
  noneDismissedBody: "Gaps that you dismiss can be brought back from here.",
  list: "Gaps",
  coverage: {
    title: "Answered in the last 30 days",
    of: (answered: number, all: number) => `${n(answered)} of ${count(all, "question", "questions")}`,
    learnt: (share: string) => `${share} with the answers you have added since, if the same is asked again`,
    open: (share: string, gaps: number) =>
      `${share} with the ${count(gaps, "gap", "gaps")} below answered too`,
    hint: "Small talk does not count. A question that was answered after “did you mean” counts once; an answer that was rated as no help counts as none.",
    tooLittle: (all: number) =>
      `Too little data yet: ${count(all, "question", "questions")} in 30 days. A share is shown from 20 on.`,
  },
  one: {
    title: "Answer a gap",
    asked: "What was asked",
    kinds: {
      unanswered: "Nothing was found",
      not_helpful: "The answer did not help",
      not_taken_up: "Nothing offered was taken up",
    },
    conversation: "Show the conversation",
    hideConversation: "Hide the conversation",
    shopper: "Shopper",
    bot: "Assistant",
    staff: "Staff",
    split: "Not the same question",
    splitDone: "It is a gap of its own now.",
    nearest: "Does one of these answer it already?",
    useEntry: "Yes: add the questions to it",
    used: "The questions are ways of asking that entry now.",
    writing: "Write the answer",
    draftComposed:
      "A draft that your language model wrote from the entries named; every fact in it stands there.",
    draftNearest: (question: string) => `A starting point, not the answer: what you say to “${question}”.`,
    noDraft: "No entry comes near, so there is no draft.",
    drafting: "Looking for a draft",
    draft: "Draft",
    useDraft: "Start from this",
    approved: "Answered. Its questions are checks from now on.",
  },
};
