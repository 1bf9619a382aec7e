import { el } from "./dom";
import * as t from "./text/en";

/**
 * The form to leave a contact: a way to reach the shopper is all that it asks.
 * What was written stays until it is stored, and it is stored once.
 */
export function contactForm(
  store: (clientKey: string, reach: string) => Promise<void>,
  consent: string,
  say: (text: string) => void,
): HTMLFormElement {
  const key = crypto.randomUUID();
  const reach = el("input", { autocomplete: "email", minLength: 3, maxLength: 320, required: true });
  const failed = el("p.wrong");
  const send = el("button.primary", t.leave);
  const form = el(
    "form.card slip",
    el("p", t.reachUs),
    el("label", t.reach, reach),
    failed,
    el("p.small", consent || t.consent),
    send,
  );
  form.onsubmit = async (e) => {
    e.preventDefault();
    send.disabled = true;
    failed.textContent = "";
    try {
      await store(key, reach.value.trim());
      form.replaceChildren(t.left);
      say(t.left);
      form.tabIndex = -1;
      form.focus();
    } catch {
      failed.textContent = t.failed;
      say(t.failed);
      send.disabled = false;
    }
  };
  return form;
}
