export const ledger = {
  title: "The conversations behind the figures",
  lead: "Each conversation and the minutes it counts for.",
  question: "First question",
  outcome: "Outcome",
  minutes: "Minutes low / likely / high",
  empty: "No conversations in this period.",
  outcomes: {
    handed_off: "Handed over to a person",
    failed_hand_off: "Asked for a person, reached nobody",
    small_talk: "Small talk",
    not_helpful: "The shopper said it did not help",
    abstained: "The last question got no answer",
    confirmed: "The shopper said it helped",
    returned: "Came back within 7 days",
    untouched: "Nobody had to touch it",
  } as Record<string, string>,
};
