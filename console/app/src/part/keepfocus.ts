/** So long, in milliseconds, a dialog that closes has to give the focus back itself. */
const patience = 60;
/** How many places are remembered: a dialog that was opened in a dialog leaves two behind. */
const remembered = 6;

/**
 * keepFocus holds on to the keyboard's place in the page. A button that waits
 * for the server is disabled, one whose work is done may be gone, and so is a
 * dialog that an address opened: each takes the focus with it, and whoever
 * uses no mouse begins again at the top. The focus goes back to what had it or,
 * if that is gone for good, to the nearest part around it that can have it, or
 * to where it was before. What a reader left by a click elsewhere is left. It returns
 * what ends it.
 */
export function keepFocus(page: Document): () => void {
  // What had the focus, the last one first, each with the parts around it that can have it.
  let trail: HTMLElement[][] = [];
  let timer: number | undefined;

  const lost = () => {
    const now = page.activeElement;
    return now === null || now === page.body || now.matches(":disabled");
  };
  const usable = (one: HTMLElement) => one.isConnected && !one.matches(":disabled");
  const mend = () => {
    const last = trail[0]?.[0];
    if (!last || !lost() || (last.isConnected && last.hasAttribute("data-loading"))) return;
    for (const place of trail.flat().filter(usable)) {
      place.focus({ preventScroll: true });
      if (!lost()) return;
    }
  };
  const soon = () => {
    if (trail.length === 0) return;
    window.clearTimeout(timer);
    timer = window.setTimeout(mend, patience);
  };
  const onFocus = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLElement)) return;
    const places = [target];
    for (let one = target.parentElement; one; one = one.parentElement)
      if (one.tabIndex === -1 && one.hasAttribute("tabindex")) places.push(one);
    trail = [places, ...trail.filter(([one]) => one !== target)].slice(0, remembered);
  };
  const onBlur = ({ target }: FocusEvent) => {
    // Told also of what is about to be taken away, so it is looked at afterwards.
    queueMicrotask(() => {
      const last = trail[0]?.[0];
      if (target === last && last && usable(last) && lost()) trail = [];
    });
  };
  const changes = new MutationObserver(soon);
  page.addEventListener("focusin", onFocus);
  page.addEventListener("focusout", onBlur);
  changes.observe(page.body, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ["disabled", "data-loading"],
  });
  return () => {
    window.clearTimeout(timer);
    changes.disconnect();
    page.removeEventListener("focusin", onFocus);
    page.removeEventListener("focusout", onBlur);
  };
}
