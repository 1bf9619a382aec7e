import type { Server } from "./call";
import type { HandOver, Message } from "./contract";
import type { Refusal } from "./refusal";
import { settle, type World } from "./settle";

/** Who hears of what people do in a conversation. */
export type Hearer = {
  handOver(state: HandOver): void;
  message(m: Message): void;
  typing(): void;
  /** Whether the conversation cannot be heard at the moment: said at each break, and whenever something comes. */
  lost(on: boolean): void;
};

/**
 * Follows a conversation until stop: opens the stream again, with pauses that
 * grow while nothing comes, whenever it ends, and goes on after the last
 * message that was heard, so that nothing is lost and nothing comes twice.
 */
export function watch(
  api: Server,
  conversationToken: string,
  after: number,
  hear: Hearer,
  world: World,
): () => void {
  let stopped = false;
  let current: AbortController | undefined;

  /** Fails only if nothing was heard: else the next one begins without a pause that has grown. */
  async function listen() {
    let heard = false;
    current = new AbortController();
    await api
      .stream(
        "Watch",
        { conversationToken, after },
        ({ handOver, message, typing }) => {
          if (stopped) return;
          heard = true;
          hear.lost(false);
          if (handOver) hear.handOver(handOver);
          if (typing) hear.typing();
          const position = message?.position ?? 0;
          if (!message || position <= after) return;
          after = position;
          hear.message(message);
        },
        current,
      )
      .catch((e: Refusal) => {
        if (stopped) return;
        hear.lost(!e.end);
        if (!heard || e.end) throw e;
      });
  }

  const progress = { begin() {}, offline: () => hear.lost(true), wait() {} };

  async function follow() {
    while (!stopped && !(await settle(listen, progress, world, Number.POSITIVE_INFINITY)))
      await world.sleep(500 * world.random());
  }
  void follow();
  return () => {
    stopped = true;
    current?.abort();
    hear.lost(false);
  };
}
