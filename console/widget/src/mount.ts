import { server } from "./call";
import { shades } from "./colour";
import { button, el, icon } from "./dom";
import { panel } from "./panel";
import css from "./style.css?inline";
import { talk } from "./talk";
import { texts } from "./text";

/** What a page may tell the widget to do: storebot.open() or storebot("open"). */
export type Verbs = Record<"open" | "close" | "destroy" | "attach", () => void>;

type Options = {
  /** Where the script came from: the server that answers. */
  origin: string;
  key: string;
  /** BCP 47. */
  language: string;
  /** The shop's colour, #rrggbb; not given: our own. */
  color?: string;
  /** The side of the page to stand on: "left", or right by default. */
  side?: string;
};

const warn = (text: string) => console.warn(`Storebot: ${text}`);

/** Puts the launcher on the page. No request is made until the shopper turns to it. */
export function mount(options: Options): Verbs {
  const { key, language, color } = options;
  const host = el("div");
  host.lang = language;
  host.dataset.side = options.side ?? "";
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  const shade = color ? shades(color) : undefined;
  for (const [name, value] of Object.entries(shade ?? {})) host.style.setProperty(`--${name}`, value);
  if (color && !shade) warn(`data-color="${color}" is not of the form #rrggbb.`);

  const label = texts(language).launch;
  const launch = button("launch", open, icon("talk"), el("span", label));
  launch.ariaLabel = label;
  launch.ariaHasPopup = "dialog";
  launch.onpointerenter = () => void dialogue.config();
  root.append(launch);

  const dialogue = talk(server(options.origin, key), key, language, {
    show: (t) => view.show(t),
    drop: (k) => view.drop(k),
    barred(why) {
      if (gone) return;
      destroy();
      warn(
        `not shown here (${why.reason || why.code}). See Install in the console: is ${key} a valid key, ` +
          `and ${location.origin} an allowed origin?`,
      );
    },
  });
  const view = panel(root, dialogue, language, close);
  let opened = false;
  let gone = false;

  function open() {
    attach();
    launch.remove();
    view.open();
    if (opened) return;
    opened = true;
    void view.load();
  }

  function close() {
    if (!view.isOpen) return;
    view.close();
    root.append(launch);
    launch.focus();
  }

  function attach() {
    if (!gone && !host.isConnected) document.body.append(host);
  }

  function destroy() {
    gone = true;
    view.close();
    host.remove();
    delete (window as { storebot?: unknown }).storebot;
  }

  if (document.body) attach();
  else addEventListener("DOMContentLoaded", attach, { once: true });
  return { open, close, destroy, attach };
}
