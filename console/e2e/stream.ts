// A server's stream, for replies that no real shop would give.

/** frames writes Connect's stream of JSON messages. */
export function frames(...messages: object[]): Buffer {
  const parts = messages.map((message, i) => {
    const json = Buffer.from(JSON.stringify(message));
    const head = Buffer.alloc(5);
    head.writeUInt8(i === messages.length - 1 ? 2 : 0);
    head.writeUInt32BE(json.length, 1);
    return Buffer.concat([head, json]);
  });
  return Buffer.concat(parts);
}
