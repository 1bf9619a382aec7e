// What a shop's own page says to the widget: which product a question is about.
const storebot = (...call) => {
  // The widget may not have arrived yet: it takes up what was said before.
  if (!window.storebot) window.storebot = Object.assign((...later) => window.storebot.q.push(later), { q: [] });
  window.storebot(...call);
};

for (const button of document.querySelectorAll("[data-sku]")) {
  const { sku, title, price } = button.dataset;
  button.addEventListener("click", () => {
    storebot("product", { sku, title, price });
    storebot("open");
  });
}

for (const button of document.querySelectorAll("[data-ask]")) {
  button.addEventListener("click", () => storebot("ask", button.dataset.ask));
}
