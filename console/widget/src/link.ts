/** A piece of a text: plain, or an address that may be followed. */
export type Piece = { text: string; href?: string };

/**
 * Cuts a text at the addresses that may become links: http or https, without
 * credentials, on the shop's own host. All else stays plain text. allowed
 * decides by the exact address whether it comes from the shop's own words.
 */
export function pieces(text: string, host: string, allowed: (address: string) => boolean): Piece[] {
  const out: Piece[] = [];
  let at = 0;
  for (const m of text.matchAll(/https?:\/\/[\w\-.~:/?#@!$&*+,;=%]+/gi)) {
    const address = m[0].replace(/[.,;:!?]+$/, "");
    if (!own(address, host) || !allowed(address)) continue;
    if (m.index > at) out.push({ text: text.slice(at, m.index) });
    out.push({ text: address, href: address });
    at = m.index + address.length;
  }
  if (at < text.length) out.push({ text: text.slice(at) });
  return out;
}

function own(address: string, host: string): boolean {
  try {
    const u = new URL(address);
    return /^https?:$/.test(u.protocol) && u.host === host && !u.username && !u.password;
  } catch {
    return false;
  }
}
