import type { Stage } from "../stage";
import { bubble, choices, type Deeds, dots, said, trouble } from "./bubble";
import { contactForm } from "./contact";
import type { HandOver } from "./contract";
import { button, el } from "./dom";
import { ending } from "./ending";
import { menu } from "./menu";
import { wholeSentences } from "./sentence";
import type { Talk } from "./talk";
import * as t from "./text/en";
import { needsPerson, type Turn } from "./turn";

/** A break that is mended within this time, in milliseconds, is not spoken of. */
const BRIEF = 2_000;

/** The longest question that the server takes. */
const LONGEST = 2000;

const CLOSE = "M6 6l12 12m0-12L6 18";
const SEND = "M12 20V5m-6.5 6.5L12 5l6.5 6.5";

/** heard: what the screen reader has; over: the end was dealt with. */
type View = ReturnType<typeof bubble> & { heard: string; over: boolean };

/** The open widget: header, conversation, field. */
export function panel(stage: Stage, talk: Talk) {
  const { root, whole, icon } = stage;
  let origins: readonly string[] = [];
  const title = el("h2", t.log);
  const about = el("p", t.about);
  const greeting = el("p.text");
  const welcome = el("li", dots());
  const list = el("ol", welcome);
  // Reachable by Tab, so that the keyboard can scroll it.
  const log = el("div.log", list, { role: "region", tabIndex: 0, ariaLabel: t.log });
  const live = el("div.sr", { role: "status" });
  const input = el("textarea", { rows: 1, maxLength: LONGEST, placeholder: t.write, ariaLabel: t.write });
  const send = el("button.x send", icon(SEND), { ariaLabel: t.send });
  const form = el("form", input, send);
  const standing = el("p.standing");
  const typing = el("li", dots(), { ariaLabel: t.typing });
  let consent = "";
  let stood = "";
  let typed = 0;
  let missed = 0;
  /** Hands over. Where nobody promises to be there, or it is not known, a way to be reached is asked for at once. */
  async function person() {
    following = true;
    const over = await talk.person().catch(() => undefined);
    if (over?.availability !== "AVAILABILITY_OPEN") offerContact(true);
  }
  const box = el(
    "dialog",
    el(
      "div.head",
      el("div", title, about),
      menu(stage, end),
      whole ? "" : button("x", stage.close, icon(CLOSE), { ariaLabel: t.close }),
    ),
    log,
    standing,
    el(
      "div.foot",
      form,
      button("plain", () => void person(), t.person),
    ),
    live,
    { ariaLabel: t.log, tabIndex: -1 },
  );
  root.append(box);

  const small = matchMedia("(max-width: 480px)");
  const touch = matchMedia("(pointer: coarse)");
  const views = new Map<Turn, View>();
  let contact: HTMLElement | undefined;
  let left = false;
  let loaded = false;
  let following = true;

  /** Hands whole sentences to the screen reader, each as an addition of its own. */
  function say(text: string) {
    if (text.trim()) live.append(el("p", text));
  }

  const written = () => input.value.trim();

  function refresh() {
    send.disabled = talk.busy || !written();
  }

  /** Its beginning at the top if it is long, else everything down to the end. */
  function reveal(item: HTMLElement) {
    if (following) log.scrollTop = item.offsetTop - 16;
  }

  /** Asks. While another question is under way it waits in the box, unless something is written there. */
  function ask(question: string) {
    if (!question) return;
    if (talk.busy) {
      input.value ||= question;
      return;
    }
    if (question === written()) input.value = "";
    // On a touch screen the focus would raise the keyboard over the answer.
    (touch.matches && root.activeElement !== input ? log : input).focus();
    welcome.replaceChildren(greeting);
    live.replaceChildren();
    following = true;
    void talk.ask(question);
    say(t.working);
  }

  const submit = (e: UIEvent | SubmitEvent) => {
    e.preventDefault();
    ask(written());
  };
  form.onsubmit = submit;
  input.oninput = refresh;
  input.onkeydown = (e) => {
    // 229: Safari ends a composition before the Enter that ended it.
    if (e.key === "Enter" && !e.shiftKey && !e.isComposing && e.keyCode !== 229) submit(e);
  };
  log.onwheel =
    log.ontouchmove =
    log.onkeydown =
      () => {
        following = false;
      };
  box.oncancel = (e) => {
    e.preventDefault();
    stage.close();
  };
  box.onkeydown = (e) => {
    if (e.key === "Escape" && !e.isComposing) stage.close();
    e.stopPropagation(); // the page's own shortcuts are not meant
  };

  /** Puts a card at the end of the talk and brings it into view. */
  function offer(card: HTMLElement, wanted = true) {
    list.append(card);
    if (!wanted) return;
    log.scrollTop = card.offsetTop - 16;
    card.querySelector<HTMLElement>("input, button")?.focus({ preventScroll: true });
  }

  /** Shows the contact form last; one that was begun moves there with its words. */
  function offerContact(wanted: boolean) {
    if (left && !wanted) return;
    if (left || !contact) {
      left = false;
      const store = async (key: string, reach: string) => {
        await talk.contact(key, reach, consent || t.consent);
        left = true;
      };
      contact = el("li", contactForm(store, consent, say));
    }
    offer(contact, wanted);
  }

  let ended: HTMLElement | undefined;

  function end() {
    ended ??= el("li", ending(talk.content, erase, say));
    offer(ended);
  }

  async function erase() {
    await talk.erase();
    list.replaceChildren(welcome);
    contact = ended = undefined;
    left = false;
    say(t.erased);
    welcome.replaceChildren(el("p.small", t.erased), greeting);
    input.focus();
  }

  function speak(view: View, turn: Turn) {
    const words = said(turn);
    const before = view.heard;
    const heard = turn.text && !turn.reply ? words.slice(0, wholeSentences(words)) : words;
    if (heard !== before) say(heard.startsWith(before) ? heard.slice(before.length) : heard);
    view.heard = heard;
    const wrong = trouble(turn);
    if (wrong && wrong !== live.lastChild?.textContent) say(wrong);
  }

  const deeds: Deeds = {
    icon,
    ask,
    origins: () => origins,
    again(turn) {
      void talk.again(turn);
      input.focus();
    },
    edit(turn) {
      talk.forget(turn);
      input.value ||= turn.question;
      input.focus();
      refresh();
    },
    rate(turn, rating) {
      void talk.rate(turn, rating);
      say(t.rated);
    },
    copy(text) {
      navigator.clipboard?.writeText(text).then(
        () => say(t.copied),
        () => {}, // the page forbids it: the number can still be selected
      );
    },
  };

  /** Full screen on a telephone, inside what the on-screen keyboard leaves. */
  function resize() {
    const { height, offsetTop } = window.visualViewport ?? {};
    box.className = whole || small.matches ? "whole" : "";
    box.style.cssText = `--high:${height}px;--top:${offsetTop}px`;
  }

  function follow(verb: "addEventListener" | "removeEventListener") {
    for (const event of ["resize", "scroll"]) window.visualViewport?.[verb](event, resize);
  }

  return {
    ask,

    show(turn: Turn) {
      let view = views.get(turn);
      if (!view) {
        // What is whole when it is first seen comes from an earlier visit.
        view = { ...bubble(deeds), heard: loaded ? "" : turn.text, over: turn.phase === "done" };
        views.set(turn, view);
        list.append(view.item);
        if (turn.author) {
          typing.remove();
          if (!box.open) stage.news();
        }
      }
      view.show(turn);
      speak(view, turn);
      if (turn.phase === "done" && !view.over) {
        view.over = true;
        if (needsPerson(turn)) offerContact(false);
      }
      if (turn === talk.turns.at(-1)) reveal(view.item);
      refresh();
    },

    /** Says where the talk stands between the bot and people. */
    handOver({ state, text = "", consentText = "" }: HandOver) {
      consent = consentText;
      if (standing.textContent !== text) say(text);
      standing.textContent = text;
      typing.remove();
      // It was closed just now; not before this visit.
      if (state === "CONVERSATION_STATE_CLOSED" && stood && state !== stood) end();
      stood = state ?? "";
    },

    /** Shows for five seconds that a person is writing. */
    typing() {
      clearTimeout(typed);
      typed = window.setTimeout(() => typing.remove(), 5_000);
      list.append(typing);
      reveal(typing);
    },

    /** Says once, until it is over, that nobody can be heard. */
    lost(on: boolean) {
      if (on)
        missed ||= window.setTimeout(() => {
          about.textContent = t.cut;
          say(t.cut);
        }, BRIEF);
      else {
        clearTimeout(missed);
        missed = 0;
        about.textContent = t.about;
      }
    },

    drop(turn: Turn) {
      views.get(turn)?.item.remove();
      refresh();
    },

    /** Brings what stands before the first question, and what was said on earlier visits. */
    async load() {
      const resumed = talk.resume();
      const config = await talk.config();
      title.textContent = box.ariaLabel = config.shopName ?? t.log;
      origins = config.origins ?? [];
      stage.paint(config.look ?? {});
      for (const turn of talk.turns) views.get(turn)?.show(turn);
      greeting.textContent = config.greeting ?? "";
      welcome.replaceChildren(greeting);
      await resumed;
      loaded = true;
      if (!config.suggestions || talk.turns.length) return;
      welcome.append(el("p.small", t.often), choices(config.suggestions, ask));
    },

    open() {
      if (box.open) return;
      // Full screen, the page behind cannot be seen: Tab stays in here.
      if (small.matches && !whole && !stage.inside) box.showModal();
      else box.show();
      follow("addEventListener");
      resize();
      refresh();
      reveal(list.lastElementChild as HTMLElement); // closed, there was nothing to scroll
      (touch.matches ? box : input).focus();
      talk.look(true);
    },

    close() {
      talk.look(false);
      box.close();
      follow("removeEventListener");
    },

    remove: () => box.remove(),
  };
}
