import type { Chat, Event, Identity, Look, Product, Stage } from "../stage";
import css from "./launcher.css?inline";
import { memory } from "./memory";
import { type Speech, speech, words } from "./speech";

/** What stands in a chat file. */
export type ChatFile = { chat(stage: Stage): Chat };

export type Options = Look & {
  /** Where the script came from: the server that answers. */
  origin: string;
  key: string;
  /** BCP 47 of the page. */
  language: string;
  identity?: Identity;
  /** Opens at once and has no launcher: the page is nothing but the chat. */
  whole?: boolean;
  /** Where to stand on the page; not given: over all of it. */
  into?: Element;
  /** Fetches the chat in a language. */
  load(language: Speech): Promise<ChatFile>;
};

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** What a page may tell the widget: storebot("open") or storebot.open(). */
export type Verbs = ReturnType<typeof launcher>;

const TALK = "M3 4h18v13h-9l-5 4v-4H3zM8 9h8m-8 4h5";

/** Puts the launcher on the page. No request is made until the shopper turns to it. */
export function launcher(options: Options) {
  const { origin, key, load, whole, into } = options;
  let worn: Look = {};
  let chat: Chat | undefined;
  let loading: Promise<Chat | undefined> | undefined;
  let wanted = false;
  let gone = false;
  const heard = new Set<(event: Event, detail: object) => void>();

  // Beside the body: an app that swaps the body's content does not take it
  // along, and a body that is scaled or moved does not move it.
  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  const launch = document.createElement("button");
  const label = document.createElement("span");
  launch.className = "launch";
  launch.ariaHasPopup = "dialog";
  launch.append(icon(TALK), label);
  launch.onclick = () => open();
  // A shopper who points at it is likely to open it.
  launch.onpointerenter = () => void ready();

  function paint(look: Look) {
    // Without a colour, or with what is none, the style sheet's own stays.
    host.style.cssText = /^#[0-9a-f]{6}$/i.test(look.color ?? "") ? `--own:${look.color}` : "";
    host.dataset.side = look.side;
    name(look.label);
  }

  /** The look of the script tag, of the server, of the page's last word: the later one counts. */
  function wear(look?: Look) {
    paint({ ...options, ...look, ...worn });
  }

  function name(text?: string, wide = false) {
    launch.ariaLabel = label.textContent = text || words[speech(stage.language)][0];
    launch.classList.toggle("wide", wide);
    host.lang = stage.language;
  }

  const stage: Writable<Stage> = {
    origin,
    key,
    root,
    whole,
    inside: !!into,
    language: options.language,
    memory: memory(key, options.identity?.user),
    identity: options.identity,
    icon,
    paint: wear,
    close,
    speak(language) {
      stage.memory.write({ language });
      restart({ language });
    },
    news() {
      if (launch.isConnected) launch.dataset.news = "";
    },
    tell: (event, detail = {}) => {
      for (const listener of heard) listener(event, detail);
    },
    barred(why) {
      if (gone) return;
      destroy();
      console.warn(`Storebot: not shown on ${location.origin} with ${key}: ${why}`);
    },
  };

  /** The chat, loaded on first need; undefined, and the launcher says so, when it could not be. */
  function ready() {
    if (loading) return loading;
    // Begun anew while it came, the later one counts; taken off the page, none.
    const mine: Promise<Chat | undefined> = load(speech(stage.language)).then(
      (file) => {
        if (loading !== mine) return loading;
        chat = file.chat(stage);
        return chat;
      },
      () => {
        if (loading !== mine) return loading;
        loading = undefined;
        if (wanted) name(words[speech(stage.language)][1], true);
        return undefined;
      },
    );
    loading = mine;
    return mine;
  }

  async function open() {
    wanted = true;
    attach();
    const opened = await ready();
    if (!opened || !wanted || gone) return;
    launch.remove();
    delete launch.dataset.news;
    opened.open();
    stage.tell("opened");
  }

  function close() {
    wanted = false;
    if (!chat || launch.isConnected || gone || whole) return;
    chat.close();
    name();
    wear(stage.memory.read().config?.look);
    root.append(launch);
    launch.focus();
    stage.tell("closed");
  }

  /** Begins the chat anew, in another language or for another shopper. */
  function restart(change: Partial<Stage>) {
    const shown = wanted;
    chat?.destroy();
    chat = loading = undefined;
    Object.assign(stage, change);
    begin();
    if (shown) void open();
    else root.append(launch);
  }

  /** Takes up what this browser keeps. */
  function begin() {
    const { config, language, live } = stage.memory.read();
    if (live) void ready();
    stage.language = language ?? stage.language;
    wear(config?.look);
  }

  function attach() {
    if (!gone && !host.isConnected) (into ?? document.documentElement).append(host);
  }

  function destroy() {
    gone = true;
    loading = undefined;
    chat?.destroy();
    host.remove();
    delete (window as { storebot?: unknown }).storebot;
  }

  begin();
  attach();
  if (whole) void open();
  else root.append(launch);

  return {
    open: () => void open(),
    close,
    /** Opens it and asks. */
    ask: (question: string) => void open().then(() => chat?.ask(question)),
    destroy,
    attach,
    look(look: Look) {
      worn = look;
      wear(stage.memory.read().config?.look);
    },
    language: (language: string) => restart({ language }),
    /** Tells of the product that the page shows; without one, of none. */
    product(shown?: Product) {
      stage.product = shown;
      chat?.learn();
    },
    /** Tells who the shopper is; without it, nobody known. Another shopper's talk is never shown. */
    identify(identity?: Identity) {
      const { user } = identity ?? {};
      if (user === stage.identity?.user) stage.identity = identity;
      else restart({ identity, memory: memory(key, user) });
    },
    /** Calls listener after each event; returns what ends that. */
    on(event: Event, listener: (detail: object) => void) {
      const hear = (name: Event, detail: object) => {
        if (name === event) listener(detail);
      };
      heard.add(hear);
      return () => heard.delete(hear);
    },
  };
}

/** A drawing for the eye only. */
function icon(d: string): SVGSVGElement {
  const draw = <K extends keyof SVGElementTagNameMap>(tag: K, attribute: string, value: string) => {
    const e = document.createElementNS("http://www.w3.org/2000/svg", tag);
    e.setAttribute(attribute, value);
    return e;
  };
  const svg = draw("svg", "viewBox", "0 0 24 24");
  svg.ariaHidden = "true";
  svg.append(draw("path", "d", d));
  return svg;
}
