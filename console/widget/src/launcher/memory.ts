import type { Kept, Memory } from "../stage";

/** localStorage under the shop's key and the shopper's id there; only this page's memory where that is forbidden. */
export function memory(key: string, user = ""): Memory {
  const name = `storebot:${key}${user && `:${user}`}`;
  let kept: Kept = {};
  let full = false;
  const read = (): Kept => {
    try {
      // What could not be stored is not there to be read again.
      if (!full) kept = { ...JSON.parse(localStorage.getItem(name) as string) };
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
        full = false;
      } catch {
        full = true;
      }
    },
  };
}
