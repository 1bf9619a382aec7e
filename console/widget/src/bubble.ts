import type { Match } from "./contract";
import { button, el, icon } from "./dom";
import { pieces } from "./link";
import type { Texts } from "./text";
import { open, type Turn } from "./turn";

/** What the shopper can do with a turn. */
export type Deeds = {
  ask(question: string): void;
  again(t: Turn): void;
  edit(t: Turn): void;
  rate(t: Turn, rating: number): void;
};

/** How long nothing may come before a word of patience. */
const SLOW = 4_000;

/** One question with its answer on the screen. */
export function bubble(t: () => Texts, deeds: Deeds) {
  const bot = el("div.bot");
  const text = el("p.text");
  const slow = el("p.note");
  const item = el("li");
  let shape = "";
  let timer = 0;
  let turn: Turn;

  const thumbs = ([1, -1] as const).map((rating) => ({
    rating,
    button: button(`thumb${rating < 0 ? " down" : ""}`, () => deeds.rate(turn, rating), icon("thumb")),
  }));
  const thanks = el("span");
  const rating = el("div.acts", ...thumbs.map((b) => b.button), thanks);

  function show(now: Turn) {
    turn = now;
    const words = said(turn);
    for (const b of thumbs) b.button.ariaPressed = String(turn.rating === b.rating);
    thanks.textContent = turn.rating ? t().rated : "";
    // While a reply streams, and when it is rated, nothing else moves.
    const next = [turn.phase, turn.matches.length, turn.message, turn.until, !!words, t().you].join();
    if (next === shape) {
      if (!turn.reply) text.textContent = words;
      return;
    }
    shape = next;
    for (const b of thumbs) b.button.ariaLabel = b.rating > 0 ? t().helped : t().unhelpful;
    bot.ariaBusy = String(open(turn));
    bot.replaceChildren(...parts(words));
    item.replaceChildren(bot);
    if (turn.question) item.prepend(el("p.me", el("span.sr", t().you), turn.question));
  }

  function parts(words: string): Node[] {
    const { reply, phase, matches } = turn;
    const out: Node[] = [];
    clearTimeout(timer);
    if (words) {
      write(text, turn, words);
      out.push(text);
    }
    if (phase === "asking") {
      slow.textContent = "";
      timer = window.setTimeout(() => {
        slow.textContent = t().slow;
      }, SLOW);
      out.push(dots(), slow);
    }
    if (matches.length && words !== matches[0]?.answer) {
      out.push(el("p.small", t().closest), ...matches.slice(0, 3).map((m, i) => source(m, !i && !words)));
    }
    if (reply?.decision === "DECISION_COMPOSED" && reply.sources) {
      out.push(el("p.small", t().sources), ...reply.sources.map((m) => source(m, false)));
    }
    if (reply?.suggestions) out.push(choices(reply.suggestions, deeds.ask));
    if (turn.message && /DIRECT|COMPOSED/.test(reply?.decision ?? "")) out.push(rating);
    if (phase === "offline") out.push(el("p.note", t().offline));
    if (phase === "waiting") {
      const seconds = Math.ceil((turn.until - Date.now()) / 1000);
      out.push(el("p.note", turn.until ? t().wait.replace("{n}", `${seconds}`) : t().lost));
    }
    if (phase === "stuck") {
      const again = button("", () => deeds.again(turn), t().again);
      out.push(
        el(
          "p.note",
          t().failed,
          again,
          button("", () => deeds.edit(turn), t().edit),
        ),
      );
    }
    return out;
  }

  return { item, show };
}

/** What shows that something is on its way. */
export function dots(): HTMLElement {
  return el("p.text dots", el("i"), el("i"), el("i"));
}

/** The words that stand for the reply so far: a single match answers by itself. */
export function said(t: Turn): string {
  return t.text || (t.matches.length === 1 && t.matches[0]?.answer) || "";
}

/** Buttons that ask what they say. */
export function choices(questions: readonly string[], ask: (question: string) => void): HTMLElement {
  return el("div.choices", ...questions.map((q) => button("choice", () => ask(q), q)));
}

/**
 * Writes a reply. Addresses become links only when it is whole, and only those
 * in the shop's own words: a direct answer, or what a source holds verbatim.
 */
function write(into: HTMLElement, { reply }: Turn, words: string) {
  const allowed = (address: string) =>
    reply?.decision === "DECISION_DIRECT" || !!reply?.sources?.some((s) => s.answer?.includes(address));
  into.replaceChildren(
    ...pieces(words, location.host, allowed).map(({ text, href }) =>
      href ? Object.assign(el("a", text), { href }) : text,
    ),
  );
}

function source(m: Match, open: boolean): HTMLElement {
  return Object.assign(el("details", el("summary", m.question ?? ""), el("p.small quote", m.answer ?? "")), {
    open,
  });
}
