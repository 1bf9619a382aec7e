export const baseline = {
  title: "How is it today?",
  lead: "Asked once; you can change it at any time. Estimates are fine.",
  firstReply: "Minutes until a shopper gets the first reply",
  perConversation: "Minutes of work for each conversation",
  wage: "What an hour of that work costs you",
  currency: "Currency",
  save: "Show what is saved",
  needed: "To show time and money saved, we need your own numbers. We never guess them.",
  invalidNumber: "Please give a number.",
};
