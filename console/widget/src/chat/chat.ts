import type { Chat, Stage } from "../stage";
import { server } from "./call";
import { panel } from "./panel";
import css from "./style.css?inline";
import { talk } from "./talk";

/** The conversation, put onto the stage that the launcher made. Nothing is asked before it is opened. */
export function chat(stage: Stage): Chat {
  const { root } = stage;
  const before = root.adoptedStyleSheets;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [...before, sheet];
  let gone = false;
  let loaded = false;
  const dialogue = talk(server(stage.origin, stage.key), stage, {
    show: (t) => gone || view.show(t),
    drop: (k) => gone || view.drop(k),
    handOver: (state) => gone || view.handOver(state),
    typing: () => gone || view.typing(),
  });
  const view = panel(stage, dialogue);
  void dialogue.config();
  // People may be writing at this moment: their words come whether it is open or not.
  if (stage.memory.read().live) load();

  function load() {
    if (loaded) return;
    loaded = true;
    void view.load();
  }

  return {
    open() {
      view.open();
      load();
    },
    close: view.close,
    ask: view.ask,
    learn: dialogue.learn,
    destroy() {
      gone = true;
      dialogue.leave();
      view.close();
      view.remove();
      root.adoptedStyleSheets = before;
    },
  };
}
