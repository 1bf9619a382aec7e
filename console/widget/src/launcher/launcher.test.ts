import { beforeEach, expect, it, vi } from "vitest";
import type { Stage } from "../stage";
import { type ChatFile, launcher } from "./launcher";
import { memory } from "./memory";

beforeEach(() => {
  localStorage.clear();
  vi.stubGlobal(
    "CSSStyleSheet",
    class {
      replaceSync() {}
    },
  );
});

/** A chat file that comes when it is told to, and all chats that were made of it, each with what was done to it. */
function shop() {
  const comes: (() => void)[] = [];
  const chats: { user?: string; done: string[] }[] = [];
  const chat = ({ identity }: Stage) => {
    const one = { user: identity?.user, done: [] as string[] };
    chats.push(one);
    const note = (what: string) => () => void one.done.push(what);
    return {
      open: note("open"),
      close: note("close"),
      ask: (question: string) => void one.done.push(question),
      learn: note("learn"),
      destroy: note("destroy"),
    };
  };
  const load = () => new Promise<ChatFile>((come) => comes.push(() => come({ chat })));
  const verbs = launcher({ origin: "https://chat.example", key: "pk", language: "en", load });
  const settled = () => new Promise((done) => setTimeout(done));
  const arrive = () => {
    for (const come of comes.splice(0)) come();
    return settled();
  };
  return { verbs, chats, arrive };
}

it("has one chat, the last shopper's, however often it begins anew before the first has come", async () => {
  const { verbs, chats, arrive } = shop();
  verbs.ask("Delivery?");
  verbs.identify({ user: "ann", expires: 0, signature: "" });
  verbs.identify({ user: "bob", expires: 0, signature: "" });
  await arrive();
  expect(chats.map((one) => one.user)).toEqual(["bob"]);
  expect(chats[0]?.done).toContain("open");
  expect(chats[0]?.done).toContain("Delivery?");
  verbs.destroy();
});

it("begins no chat once it is off the page", async () => {
  const { verbs, chats, arrive } = shop();
  verbs.open();
  verbs.destroy();
  await arrive();
  expect(chats).toEqual([]);
});

it("keeps in the page what the browser has no room for, and takes what is foreign for nothing", () => {
  localStorage.setItem("storebot:pk", "null");
  const kept = memory("pk");
  expect(kept.read()).toEqual({});
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  kept.write({ token: "t" });
  kept.write({ live: true });
  expect(kept.read()).toEqual({ token: "t", live: true });
});
