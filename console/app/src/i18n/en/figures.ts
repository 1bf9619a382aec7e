import { count, n } from "../word-en";

export const figures = {
  title: "Figures",
  lead: "What your assistant does for you, from real conversations alone.",
  all: "See all figures",
  tabs: { answers: "Answers", savings: "Savings", staffing: "Staffing", questions: "Questions" },
  previous: (value: string) => `${value} in the period before`,
  noPrevious: "Too little in the period before to compare",
  wait: {
    p50: "Half wait at most (p50)",
    p95: "95 of 100 wait at most (p95)",
    p99: "99 of 100 wait at most (p99)",
  },
  durable: "Lasting answers",
  durableHint:
    "Of the conversations answered without staff whose last reply is at least 7 days old: those whose shopper did not ask again between half an hour and 7 days later.",
  durableOf: (lasting: number, judged: number) =>
    `${n(lasting)} of ${count(judged, "conversation", "conversations")} old enough to judge`,
  byStaff: "Half wait for a person at most",
  byStaffHint:
    "From being handed over to a person's first words, by the clock. Shoppers to whom nobody has replied yet are not in it.",
  handedOver: (hands: number) => `from ${count(hands, "hand-over", "hand-overs")} with a reply`,
  open: (conversations: number) =>
    `Show ${conversations === 1 ? "the conversation" : `the ${n(conversations)} conversations`}`,
  openLasting: (conversations: number) => `Show ${n(conversations)} that lasted`,
  openCameBack: (conversations: number) => `Show ${n(conversations)} that came back`,
  openContent: (conversations: number) => `${n(conversations)} content`,
  openDiscontent: (conversations: number) => `${n(conversations)} not content`,
  satisfaction: "How content shoppers were (CSAT)",
  satisfactionFormula:
    "content ÷ rated conversations. Content: the shopper scored the whole 4 or 5 of 5 or, without a score, called the last rated reply helpful. Most shoppers rate nothing.",
  whoWrote: "Who wrote to the shopper",
  rated: "Rated",
  heard: { bot: "Assistant alone", both: "Assistant and staff", staff: "Staff alone" },
  heardHint: {
    bot: "No person wrote.",
    both: "A person wrote, and the assistant replied to a question.",
    staff: "A person wrote, and the assistant said nothing beyond small talk.",
  },
  rating: { content: "Content", discontent: "Not content" },
  reasons: "Why conversations were handed over",
  reason: "Reason",
  handOvers: "Hand-overs",
  reasonsNone: "Nothing was handed over in this period.",
  reasonsLead: (hands: number) =>
    `${count(hands, "hand-over", "hand-overs")} of conversations that began in this period. One conversation can be handed over more than once.`,
  only: {
    label: "Only these conversations",
    reason: (reason: string) => `Handed over: ${reason}`,
    met: "A person replied",
    replied: "The assistant replied",
    lasting: "Did not come back within 7 days",
    cameBack: "Came back within 7 days",
    entry: "An answer from this entry",
    waited: (after: string, upTo?: string) => `waited more than ${after}${upTo ? `, at most ${upTo}` : ""}`,
    hours: (from: string, until: string) => `From ${from} to ${until}`,
  },
  without: (filter: string) => `Take away: ${filter}`,
  offHours: "While nobody is there",
  offHoursHint: "Conversations that began outside the opening hours in your settings.",
  usesMeasured: (minutes: string, conversations: number) =>
    `${minutes} is what your inbox measured, from ${count(conversations, "conversation", "conversations")} of the last 90 days; it replaces your estimate.`,
  spread: "How long shoppers waited",
  waited: "Wait for the first words",
  replies: "Replies",
  upTo: (end: string) => `up to ${end}`,
  longerThan: (start: string) => `longer than ${start}`,
  timesFaster: (times: string) => `half of the replies now come at least ${times} times sooner`,
  counted: (counted: number, all: number) =>
    `counts ${n(counted)} of ${count(all, "conversation", "conversations")}`,
  formulaTitle: "The formula",
  formula: (kept: string, failed: string, minutes: string, wage: string, time: string, money: string) =>
    `(${kept} conversations − ${failed} failed hand-offs) × ${minutes} = ${time}, × ${wage} an hour = ${money}`,
  tryMinutes: "Minutes for each conversation",
  tryWage: (currency: string) => `Cost of an hour (${currency})`,
  trying: "You are trying other numbers; nothing is saved.",
  usesOwn: "These are your own numbers. Move them to see what changes; nothing is saved.",
  ownNumbers: "Back to my numbers",
  export: "Export as CSV",
  filter: "Only these outcomes",
  allOutcomes: "All outcomes",
  noQuestion: "No question was asked",
  topQuestions: "What shoppers ask most",
  topLead: "Your entries, by how many answers rested on them.",
  answers: "Answers",
  ratedShort: "Helped / did not",
  deletedEntry: "This entry has been deleted",
  noTop: "No answers yet",
  noTopBody: "As soon as an entry answers a shopper, it appears here.",
  topGaps: "What nothing answers, most asked first",
  topGapsLead:
    "All open gaps, whatever period is chosen above. Each opens its questions and their conversations.",
  gaps: (open: number) =>
    open === 0 ? "No open questions" : `${count(open, "question", "questions")} without an answer`,
  load: "The week by hour",
  weeks: (weeks: string) => (weeks === "1" ? "1 week" : `${weeks} weeks`),
  underAWeek: "less than a week",
  loadFrom: (conversations: number, span: string) =>
    `From ${count(conversations, "conversation", "conversations")} over ${span}, small talk left out.`,
  noLoad: "No conversations to plan by yet",
  planHint: (patience: string) =>
    `People needed are worked out with Erlang A: shoppers come at random, wait ${patience} for a person on average and then leave, and each takes the minutes that you said.`,
  planTooLittle: (conversations: number, span: string) =>
    `${count(conversations, "conversation", "conversations")} over ${span} so far. A plan needs at least 100 conversations and 2 weeks.`,
  level: "Shoppers to be served in time",
  within: "In time means within",
  patience: "A shopper waits for a person",
  ownHours: "These are your opening hours on most days.",
  shown: "Show",
  measures: {
    conversations: "Conversations a week",
    bot: "The bot carries",
    rest: "Left for staff",
    staff: "People needed",
  },
  hour: "Hour",
  weekday: "Day",
  closing: "When can people go home?",
  closesAt: "People leave at",
  opensAt: "People are back at",
  canClose: (hour: string, share: string) =>
    `You can close at ${hour}: ${share} of the questions after it are answered without staff.`,
  cannotClose: (hour: string, share: string) =>
    `After ${hour} only ${share} of the questions are answered without staff.`,
  closeTooLittle: (hour: string, conversations: number) =>
    `Only ${count(conversations, "conversation", "conversations")} after ${hour} so far: too few to say.`,
  closeFrom: (closes: string, opens: string, part: string) => `From ${closes} to ${opens}: ${part}.`,
};
