import { expect, it, vi } from "vitest";
import { rolls } from "../test/roll";
import { world } from "../test/world";
import type { Server } from "./call";
import type { WatchEvent } from "./contract";
import { Refusal } from "./refusal";
import { watch } from "./watch";

const message = (position: number): WatchEvent => ({ message: { id: `m${position}`, position } });

it("loses nothing and repeats nothing over cuts at any place", async () => {
  for (let seed = 1; seed <= 100; seed++) {
    const roll = rolls(seed);
    const last = 20;
    const api = {
      stream: async (_: string, { after }: { after: number }, on: (e: WatchEvent) => void) => {
        on({ handOver: { state: "CONVERSATION_STATE_STAFF" } });
        // A server may repeat what was under way when the stream broke.
        for (let p = Math.max(1, after + 1 - roll(2)); p <= last; p++) {
          if (roll(4) === 0) throw new Refusal("unreachable");
          on(message(p));
        }
        if (after === last) throw new Refusal("not_found");
      },
    } as unknown as Server;
    const heard: number[] = [];
    const hear = {
      handOver: vi.fn(),
      typing: vi.fn(),
      lost: vi.fn(),
      message: (m: { position?: number }) => heard.push(m.position ?? 0),
    };
    watch(api, "t", 0, hear, world());
    await vi.waitFor(() => expect(heard.length, `seed ${seed}`).toBe(last));
    expect(heard).toEqual(Array.from({ length: last }, (_, i) => i + 1));
  }
});

it("lets its pauses grow while nothing comes, and starts anew when something does", async () => {
  const w = world();
  let n = 0;
  const api = {
    stream: async (_: string, __: unknown, on: (e: WatchEvent) => void) => {
      n++;
      if (n === 4) on({ typing: {} });
      throw new Refusal(n === 6 ? "not_found" : "unreachable");
    },
  } as unknown as Server;
  const typing = vi.fn();
  const lost = vi.fn();
  watch(api, "t", 0, { handOver: vi.fn(), message: vi.fn(), typing, lost }, w);
  await vi.waitFor(() => expect(n).toBe(6));
  expect(w.slept).toEqual([500, 1000, 2000, 250, 500]);
  expect(typing).toHaveBeenCalledTimes(1);
  // Away three times, heard, away twice; in the end there is nothing to be heard of any more.
  expect(lost.mock.calls.flat()).toEqual([true, true, true, false, true, true, false]);
});

it("ends when it is told to, and hears nothing after that", async () => {
  let on: ((e: WatchEvent) => void) | undefined;
  let signal: AbortSignal | undefined;
  const api = {
    stream: (_: string, __: unknown, listen: (e: WatchEvent) => void, stop: AbortController) => {
      on = listen;
      signal = stop.signal;
      return new Promise<void>((resolve) => {
        stop.signal.onabort = () => resolve();
      });
    },
  } as unknown as Server;
  const hear = { handOver: vi.fn(), message: vi.fn(), typing: vi.fn(), lost: vi.fn() };
  const stop = watch(api, "t", 0, hear, world());
  await vi.waitFor(() => expect(on).toBeTruthy());
  stop();
  on?.(message(1));
  expect(signal?.aborted).toBe(true);
  expect(hear.message).not.toHaveBeenCalled();
  expect(hear.lost.mock.lastCall).toEqual([false]);
});
