import { button, el } from "./dom";
import * as t from "./text/en";

/** What stands at the end of a talk: how content the shopper was, and the way to have it deleted. */
export function ending(
  score: (n: number) => Promise<void>,
  erase: () => Promise<void>,
  say: (text: string) => void,
): HTMLElement {
  const told = el("p.small", { role: "status" });
  const tell = (text: string) => {
    told.textContent = text;
    say(text);
  };
  const scores = el("div.scores", { role: "group", ariaLabel: t.content });
  for (let n = 1; n <= 5; n++) {
    const choose = async () => {
      for (const b of scores.children) b.ariaPressed = `${b === chosen}`;
      await score(n).then(
        () => tell(t.rated),
        () => tell(t.failed),
      );
    };
    const chosen = button("x score", choose, `${n}`, { ariaPressed: "false" });
    scores.append(chosen);
  }
  const remove = async () => {
    gone.disabled = true;
    await erase().catch(() => {
      gone.disabled = false;
      tell(t.failed);
    });
  };
  const gone = button("plain", remove, t.erase);
  return el("div.card slip", el("p", t.content), scores, told, gone);
}
