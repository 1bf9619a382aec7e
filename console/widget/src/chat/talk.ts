import type { Memory, Stage } from "../stage";
import type { Server } from "./call";
import type { Config, HandOver } from "./contract";
import { past } from "./past";
import { milliseconds, Refusal } from "./refusal";
import { browser, settle, type World } from "./settle";
import { begun, open, spoken, step, type Turn, turn } from "./turn";
import { watch } from "./watch";

/** Who watches a talk. */
export type Watcher = {
  /** A turn is new or has changed. */
  show(t: Turn): void;
  /** A turn is to be forgotten. */
  drop(key: string): void;
  /** Where the talk stands between the bot and people has changed. */
  handOver(state: HandOver): void;
  /** A person is writing. */
  typing(): void;
};

/** What a talk needs to know of the page. */
export type Page = Pick<Stage, "language" | "product" | "identity" | "barred" | "tell"> & { memory: Memory };

export type Talk = ReturnType<typeof talk>;

/** Whether people have to do with a talk in this state. */
const withPeople = (state = "") => /WAITING|STAFF/.test(state);

/**
 * One shopper's conversation with one shop: knows the turns, keeps the token
 * and the one unsent question in the browser, and brings each question to its end.
 */
export function talk(api: Server, page: Page, watcher: Watcher, world: World = browser) {
  const { memory } = page;
  let turns: Turn[] = [];
  let config: Promise<Config> | undefined;
  let starting: Promise<string> | undefined;
  let introduced = "";
  let position = 0;
  let live = false;
  let unwatch: (() => void) | undefined;

  const find = (k: string) => turns.find((t) => t.key === k);

  function put(t: Turn) {
    turns = find(t.key) ? turns.map((o) => (o.key === t.key ? t : o)) : [...turns, t];
    watcher.show(t);
  }

  function change(k: string, by: (t: Turn) => Turn) {
    const t = find(k);
    if (t) put(by(t));
  }

  function drop(k: string) {
    turns = turns.filter((t) => t.key !== k);
    watcher.drop(k);
  }

  /** The conversation's token, made on first need and once only. */
  async function token(): Promise<string> {
    const has = memory.read().token;
    if (has) return has;
    starting ??= api
      .call("StartConversation", { language: page.language })
      .then((r) => {
        memory.write({ token: r.conversationToken });
        return r.conversationToken ?? "";
      })
      .finally(() => {
        starting = undefined;
      });
    return starting;
  }

  /** Runs fn with the token; once more with a new one if the conversation is gone. */
  async function within<T>(fn: (conversationToken: string) => Promise<T>): Promise<T> {
    try {
      return await fn(await token());
    } catch (e) {
      if ((e as Refusal).end !== "gone") throw e;
      memory.write({ token: undefined });
      return fn(await token());
    }
  }

  /** Tells who the shopper is and what the page shows, if that is news; no answer waits for it. */
  function introduce(conversationToken: string) {
    const { product, identity } = page;
    const known = JSON.stringify([conversationToken, product, identity]);
    if (known === introduced || !(introduced || product || identity)) return;
    introduced = known;
    api.call("Introduce", { conversationToken, product, identity }).catch((e: Refusal) => {
      introduced = "";
      if (e.end === "invalid") console.warn(`Storebot: the shopper stays unknown. ${e.message}`);
    });
  }

  /** Takes in where the talk stands; while people have to do with it, they are listened to. */
  function hand(over?: HandOver) {
    if (!over?.state) return;
    const people = withPeople(over.state);
    if (people && !live) page.tell("handedOver");
    live = people;
    memory.write({ live: people || undefined });
    watcher.handOver(over);
    if (people) listen();
    else hush();
  }

  function listen() {
    const { token } = memory.read();
    if (!token) return;
    unwatch ??= watch(
      api,
      token,
      position,
      {
        handOver: hand,
        typing: watcher.typing,
        message(m) {
          position = m.position ?? 0;
          if (!find(m.id ?? "")) put(spoken(m));
        },
      },
      world,
    );
  }

  function hush() {
    unwatch?.();
    unwatch = undefined;
  }

  /** The questions that the server may have heard before. */
  const sent = new Set<string>();

  function attempt(k: string, question: string): Promise<void> {
    return within(async (conversationToken) => {
      let failed: Refusal | undefined;
      const retry = sent.has(k);
      sent.add(k);
      introduce(conversationToken);
      await api.stream("Ask", { conversationToken, clientKey: k, question, retry }, (event) => {
        if (event.failed) {
          failed = new Refusal("unavailable", event.failed.reason, milliseconds(event.failed.retryAfter));
        }
        // The same reply is already here, out of the history: one of the two is enough.
        const id = event.accepted?.messageId;
        for (const t of turns) if (id && t.message === id && t.key !== k) drop(t.key);
        change(k, (t) => step(t, event));
        // The stream that is opened tells the rest.
        if (withPeople(event.done?.state)) listen();
      });
      if (failed) throw failed;
      if (open(find(k))) throw new Refusal("unreachable");
    });
  }

  async function deliver(k: string, question: string) {
    memory.write({ unsent: { key: k, question } });
    const refusal = await settle(
      async () => find(k) && attempt(k, question),
      {
        begin: () => change(k, begun),
        offline: () => change(k, (t) => ({ ...t, phase: "offline" })),
        wait: (until) => change(k, (t) => ({ ...t, phase: "waiting", until })),
      },
      world,
    );
    const { text, reply } = find(k) ?? {};
    const spent = refusal?.end === "spent";
    if (refusal?.end === "barred") page.barred(refusal.message);
    else if (refusal) change(k, (t) => ({ ...t, phase: spent ? "spent" : "stuck" }));
    else if (text) page.tell("answered", { decision: reply?.decision });
    if ((!refusal || spent) && memory.read().unsent?.key === k) memory.write({ unsent: undefined });
  }

  async function history() {
    const conversationToken = memory.read().token;
    if (!conversationToken) return;
    try {
      const { messages, handOver, ...more } = await api.call("ListMessages", { conversationToken });
      position = more.position ?? 0;
      for (const t of past(messages ?? []))
        if (!turns.some((o) => o.message && o.message === t.message)) put(t);
      hand(handOver);
    } catch (e) {
      if ((e as Refusal).end === "gone") memory.write({ token: undefined });
      // Without its history the talk still goes on.
    }
  }

  return {
    /** What to show before the first question. Loaded once; what was known last where that fails. */
    config() {
      config ??= api.get("GetWidget", { language: page.language }).then(
        (fresh) => {
          memory.write({ config: fresh as object });
          return fresh;
        },
        (e: Refusal) => {
          config = undefined;
          if (e.end === "barred") page.barred(e.message);
          return (memory.read().config ?? {}) as Config;
        },
      );
      return config;
    },

    /** Brings back an earlier visit: its messages, then the question left unsent. */
    async resume() {
      await history();
      const unsent = memory.read().unsent;
      if (!unsent || turns.some(open)) return;
      put(turn(unsent.key, unsent.question));
      sent.add(unsent.key);
      await deliver(unsent.key, unsent.question);
    },

    get turns(): readonly Turn[] {
      return turns;
    },

    /** Whether a question is under way: one at a time. */
    get busy(): boolean {
      return turns.some(open);
    },

    /** Asks. An often asked question is answered from memory at once, network or not. */
    ask(question: string): Promise<void> {
      const k = crypto.randomUUID();
      const { suggestions = [], answers } = (memory.read().config ?? {}) as Config;
      const answer = answers?.[suggestions.indexOf(question)];
      put(turn(k, question, answer ? [{ question, answer }] : []));
      return deliver(k, question);
    },

    /** Sends a stuck question again, under the same key. */
    again(t: Turn): Promise<void> {
      return deliver(t.key, t.question);
    },

    /** Forgets a question that was not answered. */
    forget(t: Turn) {
      drop(t.key);
      memory.write({ unsent: undefined });
    },

    async rate(t: Turn, rating: number) {
      if (!t.message) return;
      change(t.key, (o) => ({ ...o, rating }));
      page.tell("rated", { rating });
      const messageId = t.message;
      await within((conversationToken) => api.call("Rate", { conversationToken, messageId, rating })).catch(
        () => change(t.key, (o) => ({ ...o, rating: t.rating })),
      );
    },

    /** The page shows another product, or another shopper. */
    learn() {
      const { token } = memory.read();
      if (token) introduce(token);
    },

    /** Asks for a person, and returns where the talk stands then. Rejects with a Refusal. */
    async person(): Promise<HandOver> {
      const { handOver = {} } = await within((conversationToken) =>
        api.call("RequestPerson", { conversationToken }),
      );
      hand(handOver);
      return handOver;
    },

    /** Rejects with a Refusal when it could not be stored; with the same key it is stored once. */
    async contact(clientKey: string, reach: string, consent: string) {
      const { handOver } = await within((conversationToken) =>
        api.call("LeaveContact", { conversationToken, clientKey, reach, consent }),
      );
      hand(handOver);
    },

    /** How content the shopper was with the whole, 1 to 5. Rejects with a Refusal. */
    async content(score: number) {
      page.tell("rated", { score });
      await within((conversationToken) => api.call("RateConversation", { conversationToken, score }));
    },

    /** Hears no more of it. */
    leave: hush,

    /** Deletes the conversation on the server. Rejects with a Refusal when that could not be done. */
    async erase() {
      const conversationToken = memory.read().token;
      if (conversationToken)
        await api.call("Erase", { conversationToken }).catch((e: Refusal) => {
          if (e.end !== "gone") throw e;
        });
      hush();
      memory.write({ token: undefined, unsent: undefined, live: undefined });
      for (const t of turns) drop(t.key);
    },
  };
}
