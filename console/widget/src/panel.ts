import { bubble, choices, type Deeds, dots, said } from "./bubble";
import { contactForm } from "./contact";
import { button, el, icon } from "./dom";
import { wholeSentences } from "./sentence";
import type { Talk } from "./talk";
import { texts } from "./text";
import { needsPerson, type Turn } from "./turn";

/** The longest question that the server takes. */
const LONGEST = 2000;

/** heard: what the screen reader has; over: the end was dealt with. */
type View = ReturnType<typeof bubble> & { heard: string; over: boolean };

/** The open widget: header, conversation, field. */
export function panel(root: ShadowRoot, talk: Talk, language: string, closed: () => void) {
  let t = texts(language);
  let shop = "";
  const title = el("h2");
  const about = el("p");
  const x = button("x", closed, icon("close"));
  const greeting = el("p.text");
  const welcome = el("li", dots());
  const list = el("ol", welcome);
  // Reachable by Tab, so that the keyboard can scroll it.
  const log = Object.assign(el("div.log", list), { role: "region", tabIndex: 0 });
  const live = Object.assign(el("div.sr"), { role: "status" });
  const input = Object.assign(el("textarea"), { rows: 1, maxLength: LONGEST });
  const send = Object.assign(
    button("send", () => {}, icon("send")),
    { type: "submit" },
  );
  const form = el("form", input, send);
  const person = button("person", () => {
    void talk.person();
    offerContact(true);
  });
  const box = el(
    "dialog",
    el("div.head", el("div", title, about), x),
    log,
    el("div.foot", form, person),
    live,
  );
  root.append(box);

  function label() {
    title.textContent = box.ariaLabel = shop || t.launch;
    about.textContent = t.about;
    x.ariaLabel = t.close;
    log.ariaLabel = t.log;
    input.placeholder = input.ariaLabel = t.write;
    send.ariaLabel = t.send;
    person.textContent = t.person;
  }
  label();

  const small = matchMedia("(max-width: 480px)");
  const touch = matchMedia("(pointer: coarse)");
  const views = new Map<string, View>();
  let contact: HTMLElement | undefined;
  let left = false;
  let following = true;

  /** Hands whole sentences to the screen reader, each as an addition of its own. */
  function say(text: string) {
    if (text.trim()) live.append(el("p", text));
  }

  function refresh() {
    send.disabled = talk.busy || !input.value.trim();
  }

  /** Asks, unless another question is under way: then nothing is lost. */
  function ask(question: string) {
    if (!question || talk.busy) return;
    if (question === input.value.trim()) input.value = "";
    // On a touch screen the focus would raise the keyboard over the answer.
    (touch.matches && root.activeElement !== input ? log : input).focus();
    welcome.replaceChildren(greeting);
    live.replaceChildren();
    following = true;
    void talk.ask(question);
    say(t.working);
  }

  form.onsubmit = (e) => {
    e.preventDefault();
    ask(input.value.trim());
  };
  input.oninput = refresh;
  input.onkeydown = (e) => {
    // 229: Safari ends a composition before the Enter that ended it.
    if (e.key !== "Enter" || e.shiftKey || e.isComposing || e.keyCode === 229) return;
    e.preventDefault();
    ask(input.value.trim());
  };
  log.onwheel =
    log.ontouchmove =
    log.onkeydown =
      () => {
        following = false;
      };
  box.oncancel = (e) => {
    e.preventDefault();
    closed();
  };
  box.onkeydown = (e) => {
    if (e.key === "Escape" && !e.isComposing) closed();
  };
  for (const kind of ["keydown", "keyup", "keypress"]) {
    root.addEventListener(kind, (e) => e.stopPropagation()); // the page's own shortcuts are not meant
  }

  /** Shows the contact form last; one that was begun moves there with its words. */
  function offerContact(wanted: boolean) {
    if (left && !wanted) return;
    if (left || !contact) {
      left = false;
      const store = async (name: string, reach: string) => {
        await talk.contact(name, reach);
        left = true;
      };
      contact = el("li", contactForm(t, store, say));
    }
    list.append(contact);
    if (!wanted) return;
    log.scrollTop = contact.offsetTop - 16;
    contact.querySelector("input")?.focus({ preventScroll: true });
  }

  function speak(view: View, turn: Turn) {
    const words = said(turn);
    const whole = turn.text && !turn.reply ? words.slice(0, wholeSentences(words)) : words;
    if (whole !== view.heard) say(whole.startsWith(view.heard) ? whole.slice(view.heard.length) : whole);
    view.heard = whole;
    const trouble = { offline: t.offline, waiting: t.lost, stuck: t.failed }[turn.phase as "stuck"];
    if (trouble && trouble !== live.lastChild?.textContent) say(trouble);
  }

  const deeds: Deeds = {
    ask,
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
  };

  function show(turn: Turn) {
    let view = views.get(turn.key);
    if (!view) {
      // What is whole when it is first seen comes from an earlier visit.
      view = { ...bubble(() => t, deeds), heard: turn.text, over: turn.phase === "done" };
      views.set(turn.key, view);
      list.append(view.item);
    }
    view.show(turn);
    speak(view, turn);
    if (turn.phase === "done" && !view.over) {
      view.over = true;
      if (needsPerson(turn)) offerContact(false);
    }
    // Its question at the top if the answer is long, else everything down to the end.
    if (following && turn === talk.turns.at(-1)) log.scrollTop = view.item.offsetTop - 16;
    refresh();
  }

  /** Keeps the full-screen panel inside what the on-screen keyboard leaves. */
  function resize() {
    const v = window.visualViewport;
    box.style.setProperty("--high", `${v?.height}px`);
    box.style.setProperty("--top", `${v?.offsetTop}px`);
  }

  return {
    show,

    drop(key: string) {
      views.get(key)?.item.remove();
      views.delete(key);
      refresh();
    },

    /** Brings what stands before the first question, and what was said on earlier visits. */
    async load() {
      const resumed = talk.resume();
      const config = await talk.config();
      const tag = config.language || language;
      (root.host as HTMLElement).lang = tag;
      t = texts(tag);
      shop = config.shopName ?? "";
      label();
      for (const turn of talk.turns) views.get(turn.key)?.show(turn);
      greeting.textContent = config.greeting || t.greeting;
      welcome.replaceChildren(greeting);
      await resumed;
      if (!config.suggestions || talk.turns.length) return;
      welcome.append(el("p.small", t.often), choices(config.suggestions, ask));
    },

    get isOpen(): boolean {
      return box.open;
    },

    open() {
      if (box.open) return;
      // Full screen, the page behind cannot be seen: Tab stays in here.
      if (small.matches) box.showModal();
      else box.show();
      window.visualViewport?.addEventListener("resize", resize);
      window.visualViewport?.addEventListener("scroll", resize);
      resize();
      refresh();
      (touch.matches ? log : input).focus();
    },

    close() {
      box.close();
      window.visualViewport?.removeEventListener("resize", resize);
      window.visualViewport?.removeEventListener("scroll", resize);
    },
  };
}
