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
  drop(t: Turn): void;
  /** Where the talk stands between the bot and people has changed. */
  handOver(state: HandOver): void;
  /** A person is writing. */
  typing(): void;
  /** Whether people cannot be heard at the moment. */
  lost(on: boolean): void;
};

/** What a talk needs to know of the page. */
export type Page = Pick<Stage, "language" | "inside" | "product" | "identity" | "barred" | "tell"> & {
  memory: Memory;
};

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
  let staffed = false;
  let looked = false;
  let ready = false;
  let unwatch: (() => void) | undefined;

  function put(t: Turn) {
    turns.push(t);
    watcher.show(t);
  }

  function change(t: Turn, by: Partial<Turn>) {
    Object.assign(t, by);
    if (turns.includes(t)) watcher.show(t);
  }

  function drop(gone: Turn) {
    turns = turns.filter((t) => t !== gone);
    watcher.drop(gone);
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
      leave();
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

  /** Takes in where the talk stands. */
  function hand(over?: HandOver) {
    if (!over?.state) return;
    const people = withPeople(over.state);
    if (people && !live) page.tell("handedOver");
    live = people;
    staffed = /STAFF/.test(over.state);
    memory.write({ live: people || undefined });
    watcher.handOver(over);
    attend();
  }

  /**
   * People are listened to while they have to do with the talk, and while the
   * shopper looks at it, as a person may step in unasked; once it is known what
   * was said before.
   */
  function attend(wanted = live || looked) {
    const { token } = memory.read();
    if (!token || !wanted || !ready) {
      unwatch?.();
      unwatch = undefined;
      return;
    }
    unwatch ??= watch(
      api,
      token,
      position,
      {
        handOver: hand,
        typing: watcher.typing,
        lost: watcher.lost,
        message(m) {
          position = m.position ?? 0;
          if (!turns.some((t) => t.key === m.id)) put(spoken(m));
        },
      },
      world,
    );
  }

  /** Lets go of the conversation, which is there no more. */
  function leave() {
    memory.write({ token: undefined, live: undefined });
    live = staffed = false;
    position = 0;
    watcher.handOver({});
    attend();
  }

  /** The questions that the server may have heard before. */
  const sent = new Set<string>();

  function attempt(t: Turn): Promise<void> {
    const { key, question } = t;
    return within(async (conversationToken) => {
      let failed: Refusal | undefined;
      const retry = sent.has(key);
      sent.add(key);
      introduce(conversationToken);
      await api.stream("Ask", { conversationToken, clientKey: key, question, retry }, (event) => {
        const { accepted, done, failed: f } = event;
        if (f) failed = new Refusal("unavailable", f.reason, milliseconds(f.retryAfter));
        // The same reply is already here, out of the history: one of the two is enough.
        for (const o of turns) if (accepted && o.message === accepted.messageId && o !== t) drop(o);
        change(t, step(t, event));
        // The stream that is opened tells the rest.
        if (done) attend(live || looked || withPeople(done.state));
      });
      if (failed) throw failed;
      if (open(t)) throw new Refusal("unreachable");
    });
  }

  async function deliver(t: Turn) {
    const { key, question } = t;
    memory.write({ unsent: { key, question } });
    const refusal = await settle(
      async () => turns.includes(t) && attempt(t),
      {
        begin: () => change(t, begun(t)),
        offline: () => change(t, { phase: "offline" }),
        wait: (until) => change(t, { phase: "waiting", until }),
      },
      world,
    );
    const spent = refusal?.end === "spent";
    if (refusal?.end === "barred") page.barred(refusal.message);
    else if (refusal) change(t, { phase: spent ? "spent" : "stuck" });
    else if (t.text) page.tell("answered", { decision: t.reply?.decision });
    if ((!refusal || spent) && memory.read().unsent?.key === key) memory.write({ unsent: undefined });
  }

  async function history() {
    const conversationToken = memory.read().token;
    if (!conversationToken) return;
    try {
      const { messages, handOver, ...more } = await api.call("ListMessages", { conversationToken });
      position = more.position ?? 0;
      ready = true;
      for (const t of past(messages ?? []))
        if (!turns.some((o) => o.message && o.message === t.message)) put(t);
      hand(handOver);
    } catch (e) {
      if ((e as Refusal).end === "gone") leave();
      // Without its history the talk still goes on.
    }
  }

  return {
    /** What to show before the first question. Loaded once; what was known last where that fails. */
    config() {
      config ??= api.get("GetWidget", { language: page.language, preview: page.inside }).then(
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
      ready = true;
      attend();
      const { unsent } = memory.read();
      if (!unsent || turns.some(open)) return;
      const t = turn(unsent.key, unsent.question);
      put(t);
      sent.add(t.key);
      await deliver(t);
    },

    get turns(): readonly Turn[] {
      return turns;
    },

    /** Whether a question is under way: one at a time. */
    get busy(): boolean {
      return turns.some(open);
    },

    /** Asks. An often asked question is answered from memory at once, network or not, unless a person has the talk. */
    ask(question: string): Promise<void> {
      const { suggestions = [], answers } = (memory.read().config ?? {}) as Config;
      const answer = !staffed && answers?.[suggestions.indexOf(question)];
      const t = turn(crypto.randomUUID(), question, answer ? { matches: [{ question, answer }] } : {});
      put(t);
      return deliver(t);
    },

    /** Sends a stuck question again, under the same key. */
    again: deliver,

    /** Forgets a question that was not answered. */
    forget(t: Turn) {
      drop(t);
      memory.write({ unsent: undefined });
    },

    async rate(t: Turn, rating: number) {
      const { message: messageId, rating: before } = t;
      if (!messageId) return;
      change(t, { rating });
      page.tell("rated", { rating });
      await within((conversationToken) => api.call("Rate", { conversationToken, messageId, rating })).catch(
        () => change(t, { rating: before }),
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

    /** The shopper looks at it from now on, or not any more. */
    look(on: boolean) {
      looked = on;
      attend();
    },

    /** Hears no more of it. */
    hush() {
      ready = false;
      attend();
    },

    /** Deletes the conversation on the server. Rejects with a Refusal when that could not be done. */
    async erase() {
      const conversationToken = memory.read().token;
      if (conversationToken)
        await api.call("Erase", { conversationToken }).catch((e: Refusal) => {
          if (e.end !== "gone") throw e;
        });
      leave();
      memory.write({ unsent: undefined });
      for (const t of turns) drop(t);
    },
  };
}
