import type { World } from "../chat/settle";

/** A world whose time passes only by sleeping; the pauses slept are in slept. */
export function world(): World & { slept: number[]; connected: boolean } {
  const w = {
    slept: [] as number[],
    connected: true,
    now: () => w.slept.reduce((a, b) => a + b, 0),
    sleep: async (ms: number) => void w.slept.push(ms),
    online: () => w.connected,
    back: async () => {
      w.connected = true;
    },
    random: () => 0.5,
  };
  return w;
}
