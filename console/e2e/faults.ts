// A TCP proxy between the browser and the server that cuts connections, as bad
// networks and restarting servers do.
import { connect, createServer, type Socket } from "node:net";
import { address } from "./fixture";

export type Faults = {
  origin: string;
  /** cut decides, when a reply's bytes pass, after how many more its connection dies; undefined: not at all. */
  cut: () => number | undefined;
  /** Whether every connection is refused, and those that are open die: the server is away. */
  down: boolean;
  /** How many connections were cut. */
  readonly cuts: number;
  close(): Promise<void>;
};

/** openFaults listens on a port of its own and passes everything on to the server under test. */
export async function openFaults(): Promise<Faults> {
  const target = new URL(address());
  const open = new Set<Socket>();
  let cuts = 0;
  let down = false;
  const server = createServer((client) => {
    if (faults.down) {
      client.resetAndDestroy();
      return;
    }
    const upstream = connect(Number(target.port), target.hostname);
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on("error", () => {}); // a cut one: the other side is told by close
      socket.on("close", () => {
        open.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.pipe(upstream);
    let left = faults.cut();
    upstream.on("data", (bytes: Buffer) => {
      left ??= faults.cut();
      if (left === undefined || bytes.length < left) {
        client.write(bytes);
        if (left !== undefined) left -= bytes.length;
        return;
      }
      cuts++;
      client.write(bytes.subarray(0, left), () => {
        client.resetAndDestroy();
        upstream.destroy();
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error("the proxy has no port");
  const faults: Faults = {
    origin: `http://127.0.0.1:${bound.port}`,
    cut: () => undefined,
    get down() {
      return down;
    },
    set down(now) {
      down = now;
      if (now) for (const socket of open) socket.destroy();
    },
    get cuts() {
      return cuts;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
  return faults;
}
