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
  });
  const view = panel(stage, dialogue);
  void dialogue.config();
  return {
    open() {
      view.open();
      if (loaded) return;
      loaded = true;
      void view.load();
    },
    close: view.close,
    learn: dialogue.learn,
    destroy() {
      gone = true;
      view.close();
      view.remove();
      root.adoptedStyleSheets = before;
    },
  };
}
