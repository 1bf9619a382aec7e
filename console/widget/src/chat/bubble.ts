import type { Stage } from "../stage";
import type { Match } from "./contract";
import { button, el } from "./dom";
import { pieces } from "./link";
import { product } from "./product";
import * as t from "./text/en";
import { open, type Turn } from "./turn";

/** What the shopper can do with a turn. */
export type Deeds = {
  ask(question: string): void;
  again(t: Turn): void;
  edit(t: Turn): void;
  rate(t: Turn, rating: number): void;
  copy(text: string): void;
  icon: Stage["icon"];
  /** The shop's own pages: links lead to these alone. */
  origins(): readonly string[];
};

/** How long nothing may come before a word of patience. */
const SLOW = 4_000;

const THUMB = "M7 11v9H3v-9zl4-8q4 0 2 6h8l-3 11H7";

/** One question with its answer on the screen. */
export function bubble(deeds: Deeds) {
  const bot = el("div.bot");
  const text = el("p.text");
  const slow = el("p.small");
  const item = el("li");
  let shape = "";
  let timer = 0;
  let turn: Turn;

  const thumb = (rating: number, ariaLabel: string) =>
    button(rating < 0 ? "x down" : "x", () => deeds.rate(turn, rating), deeds.icon(THUMB), {
      ariaLabel,
    });
  const up = thumb(1, t.helped);
  const down = thumb(-1, t.unhelpful);
  const thanks = el("span");
  const rating = el("div.acts", up, down, thanks);

  function show(now: Turn) {
    turn = now;
    const words = said(turn);
    up.ariaPressed = `${turn.rating > 0}`;
    down.ariaPressed = `${turn.rating < 0}`;
    thanks.textContent = turn.rating ? t.rated : "";
    // While a reply streams, and when it is rated, nothing else moves.
    const next = [turn.phase, turn.matches.length, turn.message, turn.until, !!words].join();
    if (next === shape) {
      if (!turn.reply) text.textContent = words;
      return;
    }
    shape = next;
    bot.ariaBusy = `${open(turn)}`;
    bot.replaceChildren(...parts(words));
    item.replaceChildren(bot);
    if (turn.question) item.prepend(el("p.me", el("span.sr", t.you), turn.question));
  }

  function parts(words: string): Node[] {
    const { reply, phase, matches } = turn;
    const out: Node[] = [];
    const note = (...parts: (Node | string)[]) => out.push(el("p.small", ...parts));
    clearTimeout(timer);
    if (turn.author === "staff") out.push(el("p.small", t.staff));
    if (turn.author === "system") note(words);
    else if (words) {
      text.replaceChildren(...written(words));
      out.push(text);
    }
    if (phase === "asking") {
      slow.textContent = "";
      timer = window.setTimeout(() => {
        slow.textContent = t.working;
      }, SLOW);
      out.push(dots(), slow);
    }
    if (matches.length && words !== matches[0]?.answer) {
      out.push(el("p.small", t.closest), ...matches.slice(0, 3).map((m, i) => source(m, !i && !words)));
    }
    if (reply?.decision === "DECISION_COMPOSED" && reply.sources) {
      out.push(el("p.small", t.sources), ...reply.sources.map((m) => source(m)));
    }
    for (const card of reply?.products ?? []) out.push(product(card, deeds.origins()));
    if (reply?.suggestions) out.push(choices(reply.suggestions, deeds.ask));
    if (turn.message && /DIRECT|COMPOSED/.test(reply?.decision ?? "")) out.push(rating);
    const wrong = trouble(turn);
    if (wrong)
      note(
        phase === "waiting" && turn.until
          ? t.wait.replace("{n}", `${Math.ceil((turn.until - Date.now()) / 1000)}`)
          : wrong,
        ...(phase === "stuck"
          ? [
              button("plain", () => deeds.again(turn), t.again),
              button("plain", () => deeds.edit(turn), t.edit),
            ]
          : []),
      );
    return out;
  }

  /**
   * A reply's words. Addresses become links only when it is whole, and only those
   * in the shop's own words: a direct answer, or what a source holds verbatim.
   */
  function written(words: string): (Node | string)[] {
    const { reply } = turn;
    const allowed = (address: string) =>
      reply?.decision === "DECISION_DIRECT" || !!reply?.sources?.some((s) => s.answer?.includes(address));
    return pieces(words, deeds.origins(), allowed).map(({ text, href, copy }) => {
      if (href) return el("a", text, { href });
      return copy ? button("copy", () => deeds.copy(text), text) : text;
    });
  }

  return { item, show };
}

/** What shows that something is on its way. */
export const dots = () => el("p.text dots", el("i"), el("i"), el("i"));

/** What to say of a question that is not on its way. */
export const trouble = ({ phase }: Turn): string | undefined =>
  ({ offline: t.offline, waiting: t.lost, stuck: t.failed, spent: t.spent })[phase as "stuck"];

/** The words that stand for the reply so far: a single match answers by itself. */
export function said(turn: Turn): string {
  return turn.text || (turn.matches.length === 1 && turn.matches[0]?.answer) || "";
}

/** Buttons that ask what they say. */
export const choices = (questions: readonly string[], ask: (question: string) => void) =>
  el("div.choices", ...questions.map((q) => button("choice", () => ask(q), q)));

const source = (m: Match, open = false) =>
  el("details", el("summary", m.question ?? ""), el("p.small", m.answer ?? ""), { open });
