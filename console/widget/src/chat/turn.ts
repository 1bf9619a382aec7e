import type { AskEvent, Done, Match, Message } from "./contract";

/**
 * Where a question stands.
 * - asking: sent, nothing came yet · writing: words come
 * - waiting: the server asked for patience, or the connection broke; sent again by itself
 * - offline: kept until the device is connected
 * - stuck: given up; the shopper decides
 * - spent: the shop's questions of the month are used up
 * - done: answered, and stored on the server
 */
export type Phase = "asking" | "writing" | "waiting" | "offline" | "stuck" | "spent" | "done";

/** One question with what came for it. The talk alone changes it. */
export type Turn = {
  /** The client key: a retry repeats it, so that nothing is stored twice. */
  readonly key: string;
  readonly question: string;
  phase: Phase;
  /** With words of a person of the shop, or a note of the shop to both sides: whose. */
  author?: string;
  /** Entries found, shown until the reply is whole. */
  matches: readonly Match[];
  text: string;
  reply?: Done;
  /** The stored reply's id: what a rating names. */
  message?: string;
  /** 1 helped, -1 did not, 0 not rated. */
  rating: number;
  /** With waiting: when the server has room again, in milliseconds since 1970; else something broke. */
  until?: number;
  /** What is shown comes from an attempt that broke; the next one's first words replace it. */
  stale?: boolean;
};

/** A question, with what is known of its answer. */
export function turn(key: string, question: string, known: Partial<Turn> = {}): Turn {
  return { key, question, phase: "asking", matches: [], text: "", rating: 0, ...known };
}

/** What changes when it is sent (again): what is on the screen stays until new words come. */
export function begun({ matches, text }: Turn): Partial<Turn> {
  return { phase: matches.length || text ? "writing" : "asking", stale: true, until: 0 };
}

/** What one event of the stream changes. Unknown events change nothing. */
export function step(t: Turn, { match, delta, accepted, done, failed }: AskEvent): Partial<Turn> {
  const { matches, text } = t.stale ? { matches: [], text: "" } : t;
  if (match || delta)
    return {
      phase: "writing",
      matches: match ? [...matches, match] : matches,
      text: text + (delta?.text ?? ""),
      stale: false,
    };
  if (accepted) return { message: accepted.messageId };
  // The whole reply is the truth: it replaces whatever came before.
  if (done) return { phase: "done", reply: done, text: done.text ?? "", matches: [] };
  return failed ? { phase: "waiting" } : {};
}

/** Whether the shopper is still owed an answer. */
export function open(t: Turn): boolean {
  return t.phase !== "done";
}

/** Words of a person or a note, which stand alone. */
export function spoken({ id = "", author, text = "" }: Message): Turn {
  return turn(id, "", { phase: "done", author, reply: {}, text, message: id });
}

/** Whether the reply leaves the question to a person. */
export function needsPerson({ reply }: Turn): boolean {
  return reply?.decision === "DECISION_ABSTAIN" || reply?.reason === "person";
}
