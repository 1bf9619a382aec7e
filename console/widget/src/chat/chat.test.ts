import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { launcher, type Options, type Verbs } from "../launcher/launcher";
import type { AskEvent } from "./contract";
import { END } from "./frame";

const PAYLOADS = [
  "<script>window.hacked=1</script>",
  '<img src=x onerror="window.hacked=1">',
  "<svg/onload=window.hacked=1>",
  '"><iframe srcdoc="<script>parent.hacked=1</script>">',
  "<a href='javascript:window.hacked=1'>x</a>",
  "[x](javascript:window.hacked=1) ![y](https://evil.example/y.png)",
  "javascript:window.hacked=1",
  "https://evil.example/?q=1 data:text/html,<script>1</script>",
  "{{constructor.constructor('window.hacked=1')()}}",
  "</style><script>window.hacked=1</script><style>",
];
const TAGS = "A BUTTON DETAILS DIALOG DIV FORM H2 I INPUT LABEL LI OL P PATH SPAN SUMMARY SVG TEXTAREA".split(
  " ",
);

const SOON = { timeout: 20_000 };

let verbs: Verbs;

const mount = (options: Partial<Options> = {}) => {
  verbs = launcher({
    origin: "https://chat.example",
    key: "pk",
    language: "en",
    load: () => import("./chat"),
    ...options,
  });
};

function shop(evil: string) {
  const source = { entryId: "1", question: evil, answer: evil, number: 1 };
  const events: AskEvent[] = [
    { match: source },
    { match: source },
    { delta: { text: evil } },
    { accepted: { messageId: "m" } },
    { done: { decision: "DECISION_COMPOSED", text: evil, sources: [source], suggestions: [evil] } },
  ];
  return vi.fn(async (url: string) => {
    if (url.includes("GetWidget")) {
      return Response.json({ shopName: evil, greeting: evil, suggestions: [evil], language: "en" });
    }
    if (url.includes("StartConversation")) return Response.json({ conversationToken: "t" });
    const frames = [...events.map((e) => [0, e] as const), [END, {}] as const].flatMap(([flags, e]) => {
      const body = new TextEncoder().encode(JSON.stringify(e));
      return [flags, 0, body.length >> 16, (body.length >> 8) & 255, body.length & 255, ...body];
    });
    return new Response(new Uint8Array(frames));
  });
}

beforeEach(() => {
  localStorage.clear();
  // What jsdom lacks of a browser.
  vi.stubGlobal("matchMedia", () => ({ matches: false }));
  CSSStyleSheet.prototype.replaceSync ??= () => {};
  HTMLDialogElement.prototype.show = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
});

afterEach(() => {
  verbs.destroy();
  vi.unstubAllGlobals();
});

const root = () => document.querySelector("html > div")?.shadowRoot as ShadowRoot;

it.each(PAYLOADS)("shows %s as text wherever it comes from", async (evil) => {
  vi.stubGlobal("fetch", shop(evil));
  mount();
  verbs.open();
  await vi.waitFor(() => expect(root().querySelector(".choice")).toBeTruthy(), SOON);
  (root().querySelector(".choice") as HTMLElement).click();
  await vi.waitFor(() => expect(root().querySelector(".acts")).toBeTruthy(), SOON);

  for (const e of root().querySelectorAll("*")) {
    expect(TAGS, e.outerHTML).toContain(e.tagName.toUpperCase());
    for (const a of e.attributes) expect(a.name, e.outerHTML).not.toMatch(/^on|^src|^srcdoc/);
  }
  expect(root().querySelectorAll("a")).toHaveLength(0);
  expect(root().querySelector(".me")?.textContent).toContain(evil);
  expect(root().querySelector(".bot .text")?.textContent).toBe(evil);
  expect((window as { hacked?: unknown }).hacked).toBeUndefined();
});

it("asks nothing of the network before it is opened, and sends no credentials", async () => {
  const fetch = shop("hello");
  vi.stubGlobal("fetch", fetch);
  mount({ key: "pk_1" });
  expect(fetch).not.toHaveBeenCalled();
  verbs.open();
  await vi.waitFor(() => expect(root().querySelector(".choice")).toBeTruthy(), SOON);
  (root().querySelector(".choice") as HTMLElement).click();
  await vi.waitFor(() => expect(root().querySelector(".acts")).toBeTruthy(), SOON);
  for (const [url, init] of fetch.mock.calls as unknown as [string, RequestInit][]) {
    expect(url).toMatch(/^https:\/\/chat\.example\/storebot\.v1\.ShopperService\/\w+\?key=pk_1/);
    expect(init.credentials).toBe("omit");
  }
});

it("goes away and tells the merchant when the origin is not allowed", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  vi.stubGlobal("fetch", async () =>
    Response.json(
      { code: "permission_denied", details: [{ debug: { reason: "origin_forbidden" } }] },
      { status: 403 },
    ),
  );
  mount();
  verbs.open();
  await vi.waitFor(() => expect(warn).toHaveBeenCalledTimes(1), SOON);
  expect(warn.mock.calls[0]?.[0]).toContain("origin_forbidden");
  expect(document.querySelector("html > div")).toBeNull();
});
