import type { Message } from "./contract";
import { spoken, type Turn, turn } from "./turn";

/** Stored messages as turns: each reply belongs to the question before it. */
export function past(messages: readonly Message[]): Turn[] {
  const turns: Turn[] = [];
  for (const m of messages) {
    const { id, author, text = "", decision, sources, products, rating = 0 } = m;
    const last = turns.at(-1);
    if (m.position) turns.push(spoken(m));
    else if (author === "shopper") turns.push({ ...turn(id ?? "", text), phase: "done" });
    else {
      const t = last && !last.reply ? (turns.pop() as Turn) : turn(id ?? "", "");
      turns.push({
        ...t,
        phase: "done",
        reply: { text, decision, sources, products },
        text,
        message: id,
        rating,
      });
    }
  }
  return turns;
}
