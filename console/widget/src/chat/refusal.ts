/** What makes each retry hopeless, by the server's fixed word or Connect's code. */
const ends: Record<string, Refusal["end"]> = {
  unauthenticated: "barred",
  permission_denied: "barred",
  not_found: "gone",
  invalid_argument: "invalid",
  quota_exceeded: "spent",
};

/**
 * Why a call gave no reply. code is Connect's, or "unreachable" when no reply
 * came: offline, cut, timed out, or kept back by the browser.
 */
export class Refusal extends Error {
  declare readonly code: string;
  /** Milliseconds after which a retry is worth it; 0: not said. */
  declare readonly after: number;
  /**
   * Why no retry will help; undefined: one may.
   * - barred: the key or the page's origin is not allowed
   * - gone: the conversation is not there any more
   * - spent: the shop's questions of the month are used up
   * - invalid: the question itself was refused
   */
  declare readonly end?: "barred" | "gone" | "spent" | "invalid";

  /** reason: the server's fixed word, for example "rate_limited"; text: for the merchant's developer. */
  constructor(code: string, reason = "", after = 0, text = "") {
    super(`${reason || code} ${text}`.trim());
    Object.assign(this, { code, after, end: ends[reason] ?? ends[code] });
  }
}

/** Throws that no reply came. */
export function unreachable(): never {
  throw new Refusal("unreachable");
}

/** The milliseconds of a proto JSON duration such as "1.5s"; 0 without one. */
export const milliseconds = (duration = "") => (Number.parseFloat(duration) || 0) * 1000;

/** Reads Connect's JSON error; a reply that is none, as a proxy writes, is worth another try. */
export function refusal(body: unknown): Refusal {
  const { code, message, details } = (body ?? {}) as {
    code?: string;
    message?: string;
    details?: { debug?: { reason?: string; retryAfter?: string } }[];
  };
  const { reason, retryAfter } = details?.find((d) => d.debug?.reason)?.debug ?? {};
  return new Refusal(code ?? "unavailable", reason, milliseconds(retryAfter), message);
}
