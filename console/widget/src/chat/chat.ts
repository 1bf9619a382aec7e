import type { Chat, Stage } from "../stage";
import { server } from "./call";
import { panel } from "./panel";
import css from "./style.css?inline";
import { talk, type Watcher } from "./talk";

/** The conversation, put onto the stage that the launcher made. Nothing is asked before it is opened. */
export function chat(stage: Stage): Chat {
  const { root, memory } = stage;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  // The launcher's own stays; that of a chat in another language goes.
  root.adoptedStyleSheets = [...root.adoptedStyleSheets.slice(0, 1), sheet];
  const watcher = {} as Watcher;
  const dialogue = talk(server(stage.origin, stage.key), stage, watcher);
  const view = Object.assign(watcher, panel(stage, dialogue));
  let loaded = false;

  function load() {
    if (loaded) return;
    loaded = true;
    void view.load();
  }

  void dialogue.config();
  // People may be writing at this moment: their words come whether it is open or not.
  if (memory.read().live) load();

  return {
    open() {
      view.open();
      load();
    },
    close: view.close,
    ask: view.ask,
    learn: dialogue.learn,
    destroy() {
      dialogue.hush();
      view.close();
      view.remove();
    },
  };
}
