import { describe, expect, it } from "vitest";
import { rolls } from "../test/roll";
import { END, type Frame, frame, frameReader } from "./frame";

const texts = ["", "{}", '{"delta":{"text":"運費 NT$100"}}', '{"a":"\u{1F9F3} é"}', `"${"x".repeat(700)}"`];

function encode({ flags, json }: Frame): Uint8Array {
  const body = new TextEncoder().encode(json);
  const head = new Uint8Array(5);
  head[0] = flags;
  new DataView(head.buffer).setUint32(1, body.length);
  return new Uint8Array([...head, ...body]);
}

describe("frameReader", () => {
  it("gives the same frames however the bytes are cut", () => {
    for (let seed = 1; seed <= 300; seed++) {
      const roll = rolls(seed);
      const frames = Array.from({ length: roll(6) }, () => ({
        flags: 0,
        json: texts[roll(texts.length)] ?? "",
      }));
      frames.push({ flags: END, json: "{}" });
      const bytes = new Uint8Array(frames.flatMap((f) => [...encode(f)]));
      const read = frameReader();
      const got: Frame[] = [];
      for (let at = 0; at < bytes.length; ) {
        const end = at + roll(seed % 3 ? 12 : 2) + (seed % 5 ? 1 : 0);
        got.push(...read(bytes.slice(at, end)));
        at = end;
      }
      expect(got, `seed ${seed}`).toEqual(frames);
    }
  });

  it("holds back a frame that is not whole", () => {
    const bytes = encode({ flags: 0, json: '{"a":1}' });
    const read = frameReader();
    expect(read(bytes.slice(0, -1))).toEqual([]);
    expect(read(bytes.slice(-1))).toEqual([{ flags: 0, json: '{"a":1}' }]);
  });

  it("refuses what is no such stream", () => {
    expect(() => frameReader()(encode({ flags: 1, json: "" }))).toThrow();
    expect(() => frameReader()(new TextEncoder().encode("<!doctype html>"))).toThrow();
  });

  it("reads what frame writes", () => {
    expect(frameReader()(frame({ question: "可以開統編嗎？" }))).toEqual([
      { flags: 0, json: '{"question":"可以開統編嗎？"}' },
    ]);
  });
});
