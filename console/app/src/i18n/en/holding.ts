import { count } from "../word-en";

export const holding = {
  title: "Data",
  usage: "What this shop uses",
  usageHint: "Questions and model time count from the first of the month (UTC).",
  resources: {
    messages_month: "Questions this month",
    entries: "Entries",
    model_seconds: "Model time this month",
    storage_bytes: "Storage",
  },
  ofLimit: (used: string, limit: string) => `${used} of ${limit}`,
  unlimited: (used: string) => `${used}, no limit`,
  near: (what: string, share: string) => `${what}: ${share} used`,
  nearBody: "At 100 % it stops. Ask whoever runs this installation for more.",
  full: (what: string) => `${what}: used up`,
  fullBody: {
    messages_month: "Shoppers are told that the assistant is not available until the first of next month.",
    entries: "No entry can be added. Delete some that are not needed.",
    model_seconds: "Answers are your own words until the first of next month; the model rests.",
    storage_bytes: "No entry can be added. Delete some, or keep conversations for fewer days.",
  },
  askMore: "For more, ask whoever runs this installation.",
  retention: "How long conversations are kept",
  retentionHint: "Older ones are deleted with all that belongs to them, and leave the figures.",
  versions:
    "Earlier versions of entries, and deleted entries, can be brought back for a year after they were replaced or deleted.",
  days: (days: number) => count(days, "day", "days"),
  forever: "For ever",
  retentionSaved: "Saved. What is older goes within minutes.",
  retentionTitle: "Delete older conversations?",
  retentionBody: (days: string) =>
    `Conversations older than ${days} are deleted within minutes. This cannot be undone.`,
  retentionConfirm: "Delete them",
  export: "Take everything along",
  exportHint:
    "A ZIP file with all that is stored of this shop: entries, conversations, contacts, members, settings. One JSON object a line.",
  exportAct: "Export everything",
  visits: "Who looked at this shop",
  visitsHint:
    "Those who run this installation can look at a shop, for a reason and a time. They can change nothing.",
  noVisits: "Nobody has.",
  visit: (from: string, until: string) => `${from} until ${until}`,
  visiting: (shop: string, until: string) => `You are looking at ${shop} until ${until}`,
  visitingBody: (reason: string) => `Reason: ${reason}. The shop sees this. You can change nothing.`,
  leave: "Leave",
  delete: "Delete this shop",
  deleteHint:
    "The widget stops at once. Everything is deleted after 14 days; until then you can keep the shop after all. Export first. The admins of this installation keep the receipt; owners get it by mail, if mails are sent here.",
  deleteAct: "Delete the shop",
  deleteTitle: (shop: string) => `Delete ${shop}?`,
  deleteBody: "Type the shop's name as it stands above.",
  deleteName: "Shop name",
  deleting: (date: string) => `This shop is off and will be deleted on ${date}`,
  deletingBody: "Until then an owner can keep it.",
  keep: "Keep the shop",
  kept: "The shop stays.",
};
