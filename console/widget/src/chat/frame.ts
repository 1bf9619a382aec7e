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
  let held: Uint8Array = new Uint8Array();
  return (chunk) => {
    const bytes = join(held, chunk);
    const view = new DataView(bytes.buffer);
    const frames: Frame[] = [];
    let at = 0;
    while (bytes.length - at >= HEAD) {
      const flags = view.getUint8(at);
      const end = at + HEAD + view.getUint32(at + 1);
      if (flags & COMPRESSED || end - at > LONGEST) throw new Error("no frames of JSON");
      if (bytes.length < end) break;
      frames.push({ flags, json: new TextDecoder().decode(bytes.subarray(at + HEAD, end)) });
      at = end;
    }
    held = bytes.subarray(at);
    return frames;
  };
}

/** A message as the one frame of a request. */
export function frame(message: unknown): Uint8Array<ArrayBuffer> {
  const json = new TextEncoder().encode(JSON.stringify(message));
  const bytes = join(new Uint8Array(HEAD), json);
  new DataView(bytes.buffer).setUint32(1, json.length);
  return bytes;
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
