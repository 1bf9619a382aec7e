import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { keepFocus } from "./keepfocus";

let end: () => void;
const one = (id: string) => document.getElementById(id) as HTMLElement;

/** settle lets the observer see what changed, and waits until it has acted. */
async function settle() {
  await vi.advanceTimersByTimeAsync(100);
}

beforeEach(() => {
  vi.useFakeTimers();
  document.body.innerHTML = `
    <main id="main" tabindex="-1">
      <button id="before">before</button>
      <section id="part" tabindex="-1"><button id="act">act</button></section>
    </main>
    <div id="dialog" tabindex="-1"><button id="cancel">cancel</button></div>`;
  end = keepFocus(document);
});

afterEach(() => {
  end();
  document.body.innerHTML = "";
  vi.useRealTimers();
});

it("waits for a button that waits for the server, and goes back to it", async () => {
  one("act").focus();
  one("act").setAttribute("data-loading", "true");
  one("act").setAttribute("disabled", "");
  await settle();
  expect(document.activeElement).toBe(one("act"));
  one("act").removeAttribute("disabled");
  one("act").removeAttribute("data-loading");
  await settle();
  expect(document.activeElement).toBe(one("act"));
});

it("goes to the part around a button that is gone, or of no use any more", async () => {
  one("act").focus();
  one("act").setAttribute("disabled", "");
  await settle();
  expect(document.activeElement).toBe(one("part"));
  one("part").remove();
  await settle();
  expect(document.activeElement).toBe(one("main"));
});

it("goes back to where a dialog that is gone was opened", async () => {
  one("before").focus();
  one("cancel").focus();
  one("dialog").remove();
  await settle();
  expect(document.activeElement).toBe(one("before"));
});

it("leaves alone what was left by a click elsewhere", async () => {
  one("act").focus();
  one("act").blur();
  await settle();
  one("part").remove();
  await settle();
  expect(document.activeElement).toBe(document.body);
});
