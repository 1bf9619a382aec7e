import type { Server } from "./call";
import type { Message, Unary } from "./contract";
import { memory } from "./memory";
import { milliseconds, Refusal } from "./refusal";
import { browser, settle, type World } from "./settle";
import { begun, open, step, type Turn, turn } from "./turn";

/** Who watches a talk. */
export type Watcher = {
  /** A turn is new or has changed. */
  show(t: Turn): void;
  /** A turn is to be forgotten. */
  drop(key: string): void;
  /** The key or the page is not allowed. */
  barred(why: Refusal): void;
};

export type Talk = ReturnType<typeof talk>;

/**
 * One shopper's conversation with one shop: knows the turns, keeps the token
 * and the one unsent question in the browser, and brings each question to its end.
 */
export function talk(api: Server, key: string, language: string, watch: Watcher, world: World = browser) {
  const kept = memory(key);
  let turns: Turn[] = [];
  let config: Promise<Unary["GetWidget"][1]> | undefined;
  let starting: Promise<string> | undefined;

  const find = (k: string) => turns.find((t) => t.key === k);

  function put(t: Turn) {
    turns = find(t.key) ? turns.map((o) => (o.key === t.key ? t : o)) : [...turns, t];
    watch.show(t);
  }

  function change(k: string, by: (t: Turn) => Turn) {
    const t = find(k);
    if (t) put(by(t));
  }

  function drop(k: string) {
    turns = turns.filter((t) => t.key !== k);
    watch.drop(k);
  }

  /** The conversation's token, made on first need and once only. */
  async function token(): Promise<string> {
    const has = kept.read().token;
    if (has) return has;
    starting ??= api
      .call("StartConversation", { language })
      .then((r) => {
        kept.write({ token: r.conversationToken });
        return r.conversationToken ?? "";
      })
      .finally(() => {
        starting = undefined;
      });
    return starting;
  }

  /** Runs fn with the token; once more with a new one if the conversation is gone. */
  async function within<T>(fn: (token: string) => Promise<T>): Promise<T> {
    try {
      return await fn(await token());
    } catch (e) {
      if (!(e as Refusal).gone) throw e;
      kept.write({ token: undefined });
      return fn(await token());
    }
  }

  function attempt(k: string, question: string): Promise<void> {
    return within(async (conversationToken) => {
      let failed: Refusal | undefined;
      await api.ask({ conversationToken, clientKey: k, question }, (event) => {
        if (event.failed) {
          failed = new Refusal("unavailable", event.failed.reason, milliseconds(event.failed.retryAfter));
        }
        // The same reply is already here, out of the history: one of the two is enough.
        const id = event.accepted?.messageId;
        for (const t of turns) if (id && t.message === id && t.key !== k) drop(t.key);
        change(k, (t) => step(t, event));
      });
      if (failed) throw failed;
      if (open(find(k))) throw new Refusal("unreachable");
    });
  }

  async function deliver(k: string, question: string) {
    kept.write({ unsent: { key: k, question } });
    const refusal = await settle(
      () => (find(k) ? attempt(k, question) : Promise.resolve()),
      {
        begin: () => change(k, begun),
        offline: () => change(k, (t) => ({ ...t, phase: "offline" })),
        wait: (until) => change(k, (t) => ({ ...t, phase: "waiting", until })),
      },
      world,
    );
    if (refusal?.barred) watch.barred(refusal);
    else if (refusal) change(k, (t) => ({ ...t, phase: "stuck" }));
    if (!refusal && kept.read().unsent?.key === k) kept.write({ unsent: undefined });
  }

  async function history() {
    const conversationToken = kept.read().token;
    if (!conversationToken) return;
    try {
      const { messages } = await api.call("ListMessages", { conversationToken });
      for (const t of past(messages ?? []))
        if (!turns.some((o) => o.message && o.message === t.message)) put(t);
    } catch (e) {
      if ((e as Refusal).gone) kept.write({ token: undefined });
      // Without its history the talk still goes on.
    }
  }

  return {
    /** What to show before the first question. Loaded once; tried again after a failure. */
    config() {
      config ??= api.get("GetWidget", { language }).catch((e: Refusal) => {
        config = undefined;
        if (e.barred) watch.barred(e);
        return {};
      });
      return config;
    },

    /** Brings back an earlier visit: its messages, then the question left unsent. */
    async resume() {
      await history();
      const unsent = kept.read().unsent;
      if (!unsent || turns.some(open)) return;
      put(turn(unsent.key, unsent.question));
      await deliver(unsent.key, unsent.question);
    },

    get turns(): readonly Turn[] {
      return turns;
    },

    /** Whether a question is under way: one at a time. */
    get busy(): boolean {
      return turns.some(open);
    },

    ask(question: string): Promise<void> {
      const k = crypto.randomUUID();
      put(turn(k, question));
      return deliver(k, question);
    },

    /** Sends a stuck question again, under the same key. */
    again(t: Turn): Promise<void> {
      return deliver(t.key, t.question);
    },

    /** Forgets a question that was not answered. */
    forget(t: Turn) {
      drop(t.key);
      kept.write({ unsent: undefined });
    },

    async rate(t: Turn, rating: number) {
      if (!t.message) return;
      change(t.key, (o) => ({ ...o, rating }));
      const messageId = t.message;
      await within((conversationToken) => api.call("Rate", { conversationToken, messageId, rating })).catch(
        () => change(t.key, (o) => ({ ...o, rating: t.rating })),
      );
    },

    /** Notes the wish for a person. The contact form that follows is what counts, so a failure is not shown. */
    async person() {
      await within((conversationToken) => api.call("RequestPerson", { conversationToken })).catch(() => {});
    },

    /** Rejects with a Refusal when it could not be stored. */
    async contact(name: string, reach: string) {
      await within((conversationToken) => api.call("LeaveContact", { conversationToken, name, reach }));
    },
  };
}

/** Messages as turns: each reply belongs to the question before it. */
export function past(messages: readonly Message[]): Turn[] {
  const turns: Turn[] = [];
  for (const m of messages) {
    const last = turns.at(-1);
    if (m.author === "shopper") {
      turns.push({ ...turn(m.id ?? "", m.text ?? ""), phase: "done" });
    } else {
      const reply = { text: m.text, decision: m.decision };
      const t: Turn =
        last && !last.reply ? (turns.pop() as Turn) : { ...turn(m.id ?? "", ""), phase: "done" };
      turns.push({ ...t, reply, text: m.text ?? "", message: m.id, rating: m.rating ?? 0 });
    }
  }
  return turns;
}
