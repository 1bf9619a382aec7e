/** One frame of Connect's streaming protocol: a flag byte and a JSON text. */
export type Frame = { flags: number; json: string };

/** Flag of the last frame, which holds the stream's error, if any. */
export const END = 2;

const COMPRESSED = 1;
const HEAD = 5; // flags, then the length as four bytes, big-endian
const LONGEST = 1 << 20; // far above any reply: a length beyond it is not ours

/**
 * Returns a function that is fed the body's bytes, cut anywhere, and gives the
 * frames that are complete. It throws when the bytes cannot be such a stream.
 */
export function frameReader(): (chunk: Uint8Array) => Frame[] {
  let held = new Uint8Array();
  return (chunk) => {
    const frames: Frame[] = [];
    held = new Uint8Array([...held, ...chunk]);
    while (held.length >= HEAD) {
      const [flags = 0] = held;
      const end = HEAD + new DataView(held.buffer).getUint32(1);
      if (flags & COMPRESSED || end > LONGEST) throw 0; // no frames of JSON
      if (held.length < end) break;
      frames.push({ flags, json: new TextDecoder().decode(held.slice(HEAD, end)) });
      held = held.slice(end);
    }
    return frames;
  };
}

/** A message, shorter than 16 MB, as the one frame of a request. */
export function frame(message: unknown): Uint8Array<ArrayBuffer> {
  const json = new TextEncoder().encode(JSON.stringify(message));
  const n = json.length;
  return new Uint8Array([0, 0, n >> 16, n >> 8, n, ...json]);
}
