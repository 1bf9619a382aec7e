// Runs the real binary with its demo shop in a fresh folder, for all browser
// tests, and stops it after them.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

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

/** ready resolves with what the binary prints once it says that it is ready. */
function ready(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = "";
    child.stdout?.on("data", (piece: Buffer) => {
      printed += piece.toString();
      if (printed.includes("Ctrl-C")) resolve(printed);
    });
    child.once("exit", (code) => reject(new Error(`storebot ended with status ${code} before it was ready`)));
  });
}

export default async function setup(): Promise<() => Promise<void>> {
  const binary = fileURLToPath(new URL("../../bin/storebot", import.meta.url));
  const data = mkdtempSync(join(tmpdir(), "storebot-browser-"));
  const child = spawn(
    binary,
    ["demo", "--data", data, "--addr", `127.0.0.1:${await freePort()}`, "--log-level=warn", ...unlimited],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const printed = await ready(child);
  process.env.STOREBOT_BROWSER_DATA = data;
  const field = (name: string) => new RegExp(`${name}\\s+(\\S+)`).exec(printed)?.[1] ?? "";
  process.env.STOREBOT_BASE = new URL(field("Console")).origin;
  // A platform admin's one-time link, as whoever runs the installation gets it.
  const made = execFileSync(binary, ["admin", "create", "admin@storebot.example", "--data", data], {
    encoding: "utf8",
    env: { ...process.env, STOREBOT_PUBLIC_URL: process.env.STOREBOT_BASE },
  });
  process.env.STOREBOT_ADMIN_LINK = made.split("\n")[0];
  process.env.STOREBOT_DEMO_EMAIL = field("Login");
  process.env.STOREBOT_DEMO_PASSWORD = field("Password");
  return async () => {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGINT");
    await ended;
    rmSync(data, { recursive: true, force: true });
  };
}
