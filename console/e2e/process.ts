// The real binary as a process of a test run, with data and a port of its own.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const binary = fileURLToPath(new URL("../../bin/storebot", import.meta.url));

// All shoppers and merchants of the tests come from one address. What one
// shopper may ask stays limited.
const unlimited = ["sign-up-per-hour", "log-in-per-address", "log-in-per-email", "ask-per-address"].map(
  (name) => `--limit-${name}=0`,
);

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

/** ready resolves with what the binary prints once it prints that text. */
function ready(child: ChildProcess, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = "";
    child.stdout?.on("data", (piece: Buffer) => {
      printed += piece.toString();
      if (printed.includes(text)) resolve(printed);
    });
    child.once("exit", (code) => reject(new Error(`storebot ended with status ${code} before it was ready`)));
  });
}

export type Installation = {
  data: string;
  base: string;
  /** What the last start printed. */
  printed: string;
  /** start runs it again on the same data and port. */
  start(): Promise<void>;
  /** end sends the signal, and resolves with the exit status once the process is no more; null if the signal was its death. */
  end(signal: "SIGINT" | "SIGTERM" | "SIGKILL"): Promise<number | null>;
  /** remove ends it if it runs, and removes its data. */
  remove(): Promise<void>;
};

/** install runs the given command in a fresh folder, and resolves once it says that it is ready. */
export async function install(command: "demo" | "serve", ...flags: string[]): Promise<Installation> {
  const data = mkdtempSync(join(tmpdir(), "storebot-browser-"));
  const addr = `127.0.0.1:${await freePort()}`;
  let child: ChildProcess | undefined;
  const installation: Installation = {
    data,
    base: `http://${addr}`,
    printed: "",
    async start() {
      child = spawn(
        binary,
        [command, "--data", data, "--addr", addr, "--log-level=warn", ...unlimited, ...flags],
        { stdio: ["ignore", "pipe", "inherit"] },
      );
      installation.printed = await ready(child, command === "demo" ? "Ctrl-C" : "/console/");
    },
    async end(signal) {
      const ended = new Promise<number | null>((resolve) => child?.once("exit", resolve));
      child?.kill(signal);
      const status = await ended;
      child = undefined;
      return status;
    },
    async remove() {
      if (child) await installation.end("SIGINT");
      const elsewhere = join(data, "data-folder"); // see migrations/localpg/place.go
      if (existsSync(elsewhere))
        rmSync(readFileSync(elsewhere, "utf8").trim(), { recursive: true, force: true });
      rmSync(data, { recursive: true, force: true });
    },
  };
  await installation.start();
  return installation;
}
