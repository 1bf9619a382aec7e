/** A piece of a text: plain, an address that may be followed, or a number to copy. */
export type Piece = { text: string; href?: string; copy?: boolean };

/** An address, or a number of an order, a parcel, a telephone: six signs or more, with digits. */
const MARKS =
  /https?:\/\/[\w\-.~:/?#@!$&*+,;=%]+|(?<![\w$.,/+-])(?:[A-Z]{1,5}-?)?\d[\dA-Z-]{4,}\d(?![\w.,/-]*\w)/gi;

/**
 * Cuts a text at the addresses that may become links, and at the numbers that
 * one may want to copy. A link is an address on one of the shop's own origins,
 * without credentials, that allowed knows to the letter from the shop's own
 * words. All else stays plain text.
 */
export function pieces(
  text: string,
  origins: readonly string[],
  allowed: (address: string) => boolean,
): Piece[] {
  const out: Piece[] = [];
  let at = 0;
  for (const m of text.matchAll(MARKS)) {
    const mark = m[0].replace(/[.,;:!?]+$/, "");
    const address = mark.includes(":");
    if (address && !(own(mark, origins) && allowed(mark))) continue;
    if (m.index > at) out.push({ text: text.slice(at, m.index) });
    out.push(address ? { text: mark, href: mark } : { text: mark, copy: true });
    at = m.index + mark.length;
  }
  if (at < text.length) out.push({ text: text.slice(at) });
  return out;
}

/** Whether an address is on one of the shop's own origins, without credentials. */
export function own(address: string, origins: readonly string[]): boolean {
  try {
    const u = new URL(address);
    return origins.includes(u.origin) && !u.username && !u.password;
  } catch {
    return false;
  }
}
