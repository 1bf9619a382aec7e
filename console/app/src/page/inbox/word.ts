import { Outcome } from "../../gen/storebot/v1/inbox_pb";
import { ConversationState, HandOverReason } from "../../gen/storebot/v1/shopper_pb";

// What the wire's words are called in the catalogue.

const states = {
  [ConversationState.UNSPECIFIED]: "bot",
  [ConversationState.BOT]: "bot",
  [ConversationState.WAITING]: "waiting",
  [ConversationState.STAFF]: "staff",
  [ConversationState.CLOSED]: "closed",
} as const;

export const stateName = (state: ConversationState) => states[state];

const reasons = {
  [HandOverReason.UNSPECIFIED]: undefined,
  [HandOverReason.ASKED]: "asked",
  [HandOverReason.MISSING_KNOWLEDGE]: "missing_knowledge",
  [HandOverReason.POLICY]: "policy",
  [HandOverReason.TOOL_FAILURE]: "tool_failure",
  [HandOverReason.LIMIT]: "limit",
  [HandOverReason.STAFF]: "staff",
} as const;

export const reasonName = (reason: HandOverReason) => reasons[reason];

const outcomes = {
  [Outcome.UNSPECIFIED]: undefined,
  [Outcome.SOLVED]: "solved",
  [Outcome.NOT_SOLVED]: "not_solved",
  [Outcome.NO_ANSWER]: "no_answer",
  [Outcome.SPAM]: "spam",
} as const;

export const outcomeName = (outcome: Outcome) => outcomes[outcome];

/** closings are the outcomes in the order in which they are offered. */
export const closings = [Outcome.SOLVED, Outcome.NOT_SOLVED, Outcome.NO_ANSWER, Outcome.SPAM] as const;
