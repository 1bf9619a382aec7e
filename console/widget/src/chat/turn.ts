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

/** One question with what came for it. Never changed in place: step makes the next one. */
export type Turn = Readonly<{
  /** The client key: a retry repeats it, so that nothing is stored twice. */
  key: string;
  question: string;
  /** With words of a person of the shop, or a note of the shop to both sides: whose. */
  author?: string;
  phase: Phase;
  /** Entries found, shown until the reply is whole. */
  matches: readonly Match[];
  text: string;
  reply?: Done;
  /** The stored reply's id: what a rating names. */
  message?: string;
  rating: number;
  /** With waiting: when the server has room again, in milliseconds since 1970; 0: something broke. */
  until: number;
  /** What is shown comes from an attempt that broke; the next one's first words replace it. */
  stale: boolean;
}>;

/** A new question, with an answer that is known already if there is one. */
export function turn(key: string, question: string, matches: readonly Match[] = []): Turn {
  return { key, question, phase: "asking", matches, text: "", rating: 0, until: 0, stale: false };
}

/** Sent (again): what is on the screen stays until new words come. */
export function begun(t: Turn): Turn {
  return { ...t, phase: t.matches.length || t.text ? "writing" : "asking", stale: true, until: 0 };
}

/** The turn after one event of the stream. Unknown events change nothing. */
export function step(t: Turn, event: AskEvent): Turn {
  const { match, delta, accepted, done, failed } = event;
  const fresh = t.stale && (match || delta) ? { ...t, matches: [], text: "", stale: false } : t;
  if (match) return { ...fresh, phase: "writing", matches: [...fresh.matches, match] };
  if (delta) return { ...fresh, phase: "writing", text: fresh.text + (delta.text ?? "") };
  if (accepted) return { ...t, message: accepted.messageId };
  // The whole reply is the truth: it replaces whatever came before.
  if (done) return { ...t, phase: "done", reply: done, text: done.text ?? "", matches: [], stale: false };
  return failed ? { ...t, phase: "waiting" } : t;
}

/** Whether the shopper is still owed an answer. */
export function open(t: Turn | undefined): boolean {
  return !!t && t.phase !== "done";
}

/** Words of a person or a note, which stand alone. */
export function spoken({ id = "", author, text = "" }: Message): Turn {
  return { ...turn(id, ""), phase: "done", author, reply: { text }, text, message: id };
}

/** Whether the reply leaves the question to a person. */
export function needsPerson(t: Turn): boolean {
  return t.reply?.decision === "DECISION_ABSTAIN" || t.reply?.reason === "person";
}
