/** What this browser keeps of one shop between page loads. */
export type Kept = {
  /** Opens the conversation; a secret of this shopper. */
  token?: string;
  /** The one question that has no stored reply yet. */
  unsent?: { key: string; question: string };
};

/** localStorage under the shop's key; only this page's memory where that is forbidden. */
export function memory(key: string) {
  const name = `storebot:${key}`;
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
    /** Changes the given fields; undefined removes one. */
    write(change: Kept) {
      kept = { ...read(), ...change };
      try {
        localStorage.setItem(name, JSON.stringify(kept));
      } catch {
        // As above.
      }
    },
  };
}
