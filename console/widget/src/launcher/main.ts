import { type ChatFile, launcher, type Verbs } from "./launcher";
import type { Speech } from "./speech";

/** Of the chat files: their address changes with their content. Set by the build. */
declare const CHAT_VERSION: string;

type Call = [keyof Verbs, ...unknown[]];
type Page = { storebot?: ((...call: Call) => unknown) & { q?: Call[] } };

/** Reads the script tag. A second tag on the page only makes sure that the first one's widget is there. */
function start(script: HTMLScriptElement | null, page: Page) {
  const before = page.storebot;
  if (before && !before.q) {
    before("attach");
    return;
  }
  const { key, language, user, expires, signature, whole, ...look } = script?.dataset ?? {};
  if (!script || !key) {
    console.warn('Storebot: data-key="pk_…" is missing.');
    return;
  }
  const { origin } = new URL(script.src);
  let tries = 0;
  const verbs = launcher({
    origin,
    key,
    language: (language || document.documentElement.lang || navigator.language).slice(0, 35), // the longest tag there is
    identity: user ? { user, expires: Number(expires), signature: signature ?? "" } : undefined,
    whole: whole !== undefined,
    ...look,
    // A browser may remember that a file could not be had: each try has an address of its own.
    load: (name: Speech): Promise<ChatFile> =>
      import(/* @vite-ignore */ `${origin}/widget/${name}.js?v=${CHAT_VERSION}${tries++ ? `&${tries}` : ""}`),
  });
  const api = (verb: keyof Verbs, ...rest: unknown[]) =>
    (verbs[verb] as ((...rest: unknown[]) => unknown) | undefined)?.(...rest);
  page.storebot = Object.assign(api, verbs);
  // What the page called before this file was there.
  for (const call of before?.q ?? []) api(...call);
}

start(document.currentScript as HTMLScriptElement | null, window as Page);
