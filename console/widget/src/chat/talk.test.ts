import { beforeEach, expect, it, vi } from "vitest";
import { memory } from "../launcher/memory";
import { rolls } from "../test/roll";
import { world } from "../test/world";
import type { Server } from "./call";
import type { AskEvent, AskRequest, Message } from "./contract";
import { past } from "./past";
import { Refusal } from "./refusal";
import { talk } from "./talk";

beforeEach(() => localStorage.clear());

/** A shop that stores one reply a client key, as the real one does, and fails as told. */
function shop(fault: (n: number) => "before" | "after" | "gone" | "barred" | undefined = () => undefined) {
  const stored = new Map<string, { question: string; id: string }>();
  let calls = 0;
  let conversations = 0;
  const history = (): Message[] =>
    [...stored.values()].flatMap(({ question, id }) => [
      { id: `q${id}`, author: "shopper", text: question },
      { id, author: "bot", text: "NT$100", decision: "DECISION_DIRECT" as const },
    ]);
  const api = {
    call: async (method: string) => {
      if (method === "StartConversation") return { conversationToken: `t${++conversations}` };
      return method === "ListMessages" ? { messages: history() } : {};
    },
    get: async () => ({}),
    stream: async (_: string, r: AskRequest, on: (e: AskEvent) => void) => {
      const f = fault(++calls);
      if (f === "gone" && r.conversationToken === "t1") throw new Refusal("not_found", "not_found");
      if (f === "barred") throw new Refusal("permission_denied", "origin_forbidden");
      if (f === "before") throw new Refusal("unreachable");
      const reply = stored.get(r.clientKey) ?? { question: r.question, id: `m${stored.size}` };
      stored.set(r.clientKey, reply);
      on({ match: { number: 1, answer: "NT$100" } });
      if (f === "after") throw new Refusal("unreachable");
      on({ accepted: { messageId: reply.id } });
      on({ done: { decision: "DECISION_DIRECT", text: "NT$100" } });
    },
  } as unknown as Server;
  return { api, stored };
}

const watch = () => ({ show: vi.fn(), drop: vi.fn(), handOver: vi.fn(), typing: vi.fn(), lost: vi.fn() });
const page = (more = {}) => ({
  language: "en",
  memory: memory("pk"),
  barred: vi.fn(),
  tell: vi.fn(),
  ...more,
});

it("loses nothing and doubles nothing over cuts at any place", async () => {
  for (let seed = 1; seed <= 200; seed++) {
    localStorage.clear();
    const roll = rolls(seed);
    const { api, stored } = shop(() => (["before", "after", undefined, undefined] as const)[roll(4)]);
    const t = talk(api, page(), watch(), world());
    for (let n = 0; n < 4; n++) {
      await t.ask(`question ${n}`);
      while (t.busy) await t.again(t.turns.at(-1) as never);
    }
    expect(
      t.turns.map((x) => [x.question, x.text]),
      `seed ${seed}`,
    ).toEqual([0, 1, 2, 3].map((n) => [`question ${n}`, "NT$100"]));
    expect(stored.size).toBe(4);
  }
});

it("sends the unsent question of the last visit again, and shows it once", async () => {
  for (const fault of ["before", "after"] as const) {
    localStorage.clear();
    let broken = true;
    const { api, stored } = shop(() => (broken ? fault : undefined));
    await talk(api, page(), watch(), world()).ask("shipping?");
    broken = false;
    const next = talk(api, page(), watch(), world());
    await next.resume();
    expect(next.turns.map((x) => [x.question, x.text, x.phase])).toEqual([["shipping?", "NT$100", "done"]]);
    expect(stored.size).toBe(1);
    expect(localStorage.getItem("storebot:pk")).not.toContain("unsent");
  }
});

it("starts a new conversation when the old one is gone, with the same key", async () => {
  const { api, stored } = shop((n) => (n === 1 ? "gone" : undefined));
  const t = talk(api, page(), watch(), world());
  await t.ask("shipping?");
  expect(t.turns[0]).toMatchObject({ phase: "done" });
  expect(stored.size).toBe(1);
  expect(localStorage.getItem("storebot:pk")).toContain("t2");
});

it("says once that it is not allowed here", async () => {
  const p = page();
  await talk(shop(() => "barred").api, p, watch(), world()).ask("shipping?");
  expect(p.barred).toHaveBeenCalledTimes(1);
});

it("forgets a question that the shopper takes back", async () => {
  const t = talk(shop(() => "before").api, page(), watch(), world());
  await t.ask("shipping?");
  expect(t.turns[0]).toMatchObject({ phase: "stuck" });
  t.forget(t.turns[0] as never);
  expect(t.busy).toBe(false);
  expect(localStorage.getItem("storebot:pk")).not.toContain("unsent");
});

it("answers from memory what is often asked, but not in a person's place", async () => {
  for (const state of ["CONVERSATION_STATE_WAITING", "CONVERSATION_STATE_STAFF"] as const) {
    localStorage.clear();
    const { api } = shop(() => "before");
    const call = api.call;
    api.call = (async (method: string) =>
      method === "RequestPerson"
        ? { handOver: { state } }
        : call(method as never, {} as never)) as typeof call;
    const p = page();
    p.memory.write({ config: { suggestions: ["shipping?"], answers: ["NT$100"] } as object });
    const t = talk(api, p, watch(), world());
    await t.person();
    await t.ask("shipping?");
    expect(t.turns[0]?.matches.length, state).toBe(state.endsWith("STAFF") ? 0 : 1);
  }
});

it("works where storage is forbidden", async () => {
  vi.spyOn(Storage.prototype, "getItem").mockImplementation(() => {
    throw new DOMException("denied", "SecurityError");
  });
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("denied", "SecurityError");
  });
  const t = talk(shop().api, page(), watch(), world());
  await t.ask("one");
  await t.ask("two");
  expect(t.turns.map((x) => x.phase)).toEqual(["done", "done"]);
});

it("pairs stored messages into turns", () => {
  const turns = past([
    { id: "1", author: "bot", text: "Hello" },
    { id: "2", author: "shopper", text: "a" },
    { id: "3", author: "shopper", text: "b" },
    { id: "4", author: "bot", text: "B", decision: "DECISION_DIRECT", rating: -1 },
  ]);
  expect(turns.map((t) => [t.question, t.text, t.message, t.rating])).toEqual([
    ["", "Hello", "1", 0],
    ["a", "", undefined, 0],
    ["b", "B", "4", -1],
  ]);
});

it("listens while it is looked at, to each conversation from its beginning", async () => {
  const { api } = shop();
  const open: [string, number][] = [];
  const { stream } = api;
  api.stream = (async (method: "Ask", r: AskRequest, on: (e: AskEvent) => void, stop: AbortController) => {
    if ((method as string) === "Ask") return stream(method, r, on, stop);
    const line: [string, number] = [r.conversationToken, (r as unknown as { after: number }).after];
    open.push(line);
    on({ message: { id: "s", author: "staff", text: "May I help?", position: 3 } } as AskEvent);
    await new Promise((resolve) => stop.signal.addEventListener("abort", resolve));
    open.splice(open.indexOf(line), 1);
  }) as typeof api.stream;
  const watcher = watch();
  const t = talk(api, page(), watcher, world());
  t.look(true);
  await t.resume();
  expect(open).toEqual([]); // there is no conversation yet
  await t.ask("one");
  expect(open).toEqual([["t1", 0]]);
  await t.erase();
  expect(watcher.handOver).toHaveBeenLastCalledWith({}); // nobody has what is deleted
  await vi.waitFor(() => expect(open).toEqual([]));
  await t.ask("two");
  expect(open).toEqual([["t2", 0]]);
  expect(t.turns.map((x) => x.text)).toEqual(["NT$100", "May I help?"]);
  t.look(false);
  await vi.waitFor(() => expect(open).toEqual([]));
});
