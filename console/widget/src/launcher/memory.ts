import type { Kept, Memory } from "../stage";

/** localStorage under the shop's key and the shopper's id there; only this page's memory where that is forbidden. */
export function memory(key: string, user = ""): Memory {
  const name = `storebot:${key}${user && `:${user}`}`;
  let kept: Kept = {};
  const read = (): Kept => {
    try {
      kept = JSON.parse(localStorage.getItem(name) ?? "{}") as Kept;
    } catch {
      // Storage is blocked or holds something foreign: what this page knows counts.
    }
    return kept;
  };
  return {
    read,
    write(change) {
      kept = { ...read(), ...change };
      try {
        localStorage.setItem(name, JSON.stringify(kept));
      } catch {
        // As above.
      }
    },
  };
}
