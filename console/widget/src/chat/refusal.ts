/**
 * Why a call gave no reply. code is Connect's, or "unreachable" when no reply
 * came: offline, cut, timed out, or kept back by the browser.
 */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    /** The server's fixed word, for example "rate_limited". */
    readonly reason = "",
    /** Milliseconds after which a retry is worth it; 0: not said. */
    readonly after = 0,
    /** For the merchant's developer. */
    text = "",
  ) {
    super(`${reason || code} ${text}`.trim());
  }

  /** The key or the page's origin is not allowed: no retry will help. */
  get barred(): boolean {
    return this.code === "unauthenticated" || this.code === "permission_denied";
  }

  /** The conversation is not there any more. */
  get gone(): boolean {
    return this.code === "not_found";
  }

  /** The shop's questions of the month are used up: no retry will help. */
  get spent(): boolean {
    return this.reason === "quota_exceeded";
  }

  /** The question itself was refused. */
  get invalid(): boolean {
    return this.code === "invalid_argument";
  }
}

/** The milliseconds of a proto JSON duration such as "1.5s"; 0 without one. */
export function milliseconds(duration: unknown): number {
  return (Number.parseFloat(String(duration)) || 0) * 1000;
}

/** Reads Connect's JSON error; a reply that is none, as a proxy writes, is worth another try. */
export function refusal(body: unknown): Refusal {
  const error = body as {
    code?: string;
    message?: string;
    details?: { debug?: { reason?: string; retryAfter?: string } }[];
  } | null;
  const debug = error?.details?.find((d) => d.debug?.reason)?.debug;
  return new Refusal(
    error?.code ?? "unavailable",
    debug?.reason,
    milliseconds(debug?.retryAfter),
    error?.message,
  );
}
