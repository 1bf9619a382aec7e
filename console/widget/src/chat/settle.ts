import type { Refusal } from "./refusal";

/** What waiting needs of the browser; tests bring their own. */
export type World = {
  now(): number;
  sleep(ms: number): Promise<void>;
  online(): boolean;
  /** Resolves when the device is connected again. */
  back(): Promise<void>;
  random(): number;
};

export const browser: World = {
  now: () => Date.now(),
  sleep: (ms) => new Promise((r) => setTimeout(r, ms)),
  online: () => navigator.onLine,
  back: () => new Promise((r) => addEventListener("online", () => r(), { once: true })),
  random: () => Math.random(),
};

/** How a question is told about its own sending. */
export type Progress = {
  begin(): void;
  offline(): void;
  /** until: when the server has room again, in milliseconds since 1970; 0: something broke. */
  wait(until: number): void;
};

const ATTEMPTS = 6;

/** No pause of our own choice is longer, in milliseconds. */
const LONGEST = 30_000;

/**
 * Repeats attempt until it succeeds or repeating is hopeless, and returns the
 * refusal that ended it. Pauses double from half a second with jitter, as the
 * server may be restarting under many shoppers at once; a pause that the server
 * names is kept instead. Time offline does not count as an attempt.
 */
export async function settle(
  attempt: () => Promise<unknown>,
  progress: Progress,
  world: World = browser,
  attempts = ATTEMPTS,
): Promise<Refusal | undefined> {
  for (let n = 1; ; n++) {
    if (!world.online()) {
      progress.offline();
      await world.back();
    }
    progress.begin();
    try {
      await attempt();
      return undefined;
    } catch (e) {
      const refusal = e as Refusal;
      if (refusal.end || n >= attempts) return refusal;
      if (!world.online()) {
        n--;
        continue;
      }
      const pause = refusal.after || Math.min(500 * 2 ** (n - 1), LONGEST) * (0.5 + world.random());
      progress.wait(refusal.code === "resource_exhausted" ? world.now() + pause : 0);
      await world.sleep(pause);
    }
  }
}
