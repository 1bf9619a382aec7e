import { count, n } from "../word-en";

export const gaps = {
  title: "Gaps",
  lead: "Questions of your shoppers that your knowledge does not answer yet.",
  total: (gaps: number) => `${count(gaps, "open question", "open questions")}`,
  shown: (shown: number, all: number) => `The newest ${n(shown)} of ${n(all)}.`,
  asked: (when: string) => `Asked ${when}`,
  write: "Write an answer",
  dismiss: "Dismiss",
  dismissHint: "For questions that do not concern your shop",
  dismissed: "Dismissed.",
  emptyTitle: "No open questions",
  emptyBody: "Every question so far got an answer. New ones that do not will appear here.",
  list: "Open questions",
};
