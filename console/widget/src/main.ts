import { mount, type Verbs } from "./mount";

/** Reads the script tag. A second tag on the page only makes sure that the first one's widget is there. */
function start(script: HTMLScriptElement | null, page: { storebot?: unknown }) {
  if (typeof page.storebot === "function") {
    page.storebot("attach");
    return;
  }
  const { key, language, color, side } = script?.dataset ?? {};
  if (!script || !key) {
    console.warn('Storebot: data-key="pk_…" is missing. See Install in the console.');
    return;
  }
  const verbs = mount({
    origin: new URL(script.src).origin,
    key,
    language: (language || document.documentElement.lang || navigator.language).slice(0, 35), // the longest tag there is
    color,
    side,
  });
  page.storebot = Object.assign((verb: keyof Verbs) => verbs[verb]?.(), verbs);
}

start(document.currentScript as HTMLScriptElement | null, window as { storebot?: unknown });
