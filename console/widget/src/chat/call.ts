import type { Streamed, Unary } from "./contract";
import { END, frame, frameReader } from "./frame";
import { Refusal, refusal, unreachable } from "./refusal";

/** How long a call may stay silent before the attempt counts as lost; a living stream says so every 15 s. */
const SILENCE = 25_000;

/** The shopper's methods on one server, for one shop's publishable key. */
export type Server = ReturnType<typeof server>;

/** Every call rejects with a Refusal and nothing else. */
export function server(origin: string, key: string) {
  const url = (method: string, query = "") =>
    `${origin}/storebot.v1.ShopperService/${method}?key=${encodeURIComponent(key)}${query}`;

  async function send(address: string, init: RequestInit): Promise<Response> {
    const response = await fetch(address, { credentials: "omit", ...init }).catch(unreachable);
    if (!response.ok) throw refusal(await response.json().catch(() => 0));
    return response;
  }

  const post = (method: string, type: string, body: BodyInit, signal: AbortSignal) =>
    send(url(method), {
      method: "POST",
      headers: { "Content-Type": `application/${type}` },
      body,
      signal,
    });

  // What is no JSON is a proxy's page, and no reply of ours.
  const read = (response: Response) => response.json().catch(unreachable);

  return {
    /** A unary method by POST. */
    call: async <M extends keyof Unary>(method: M, request: Unary[M][0]): Promise<Unary[M][1]> =>
      read(await post(method, "json", JSON.stringify(request), AbortSignal.timeout(SILENCE))),

    /** A side-effect-free method by GET: cacheable, and sent without a preflight. */
    async get<M extends keyof Unary>(method: M, request: Unary[M][0]): Promise<Unary[M][1]> {
      const address = url(
        method,
        `&connect=v1&encoding=json&message=${encodeURIComponent(JSON.stringify(request))}`,
      );
      try {
        return await read(await send(address, { signal: AbortSignal.timeout(SILENCE) }));
      } catch (e) {
        // The browser hides a reply that is not meant for this page: it looks like a
        // dead network. A request whose reply nobody may read tells the two apart.
        if ((e as Refusal).code !== "unreachable") throw e;
        await fetch(address, { mode: "no-cors", credentials: "omit" }).catch(unreachable);
        throw new Refusal("permission_denied", "origin_forbidden");
      }
    },

    /**
     * A server stream: resolves after its proper end; its events go to on, in
     * order. stop ends it from outside.
     */
    async stream<M extends keyof Streamed>(
      method: M,
      request: Streamed[M][0],
      on: (event: Streamed[M][1]) => void,
      stop = new AbortController(),
    ): Promise<void> {
      let timer = 0;
      const feed = () => {
        clearTimeout(timer);
        timer = window.setTimeout(() => stop.abort(), SILENCE);
      };
      feed();
      try {
        const { body } = await post(method, "connect+json", frame(request), stop.signal);
        const reader = (body as ReadableStream<Uint8Array>).getReader();
        const frames = frameReader();
        for (;;) {
          // Cut, there is no value, and no frames either: the end frame never came.
          const { value } = await reader.read();
          feed();
          for (const { flags, json } of frames(value as Uint8Array)) {
            const message = JSON.parse(json);
            if (!(flags & END)) on(message);
            else if (message.error) throw refusal(message.error);
            else return;
          }
        }
      } catch (e) {
        throw e instanceof Refusal ? e : new Refusal("unreachable");
      } finally {
        clearTimeout(timer);
        stop.abort(); // lets go of a body that was not read to its end
      }
    },
  };
}
