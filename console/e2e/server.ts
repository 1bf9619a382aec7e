// Runs the real binary with its demo shop in a fresh folder, for all browser
// tests, and stops it after them.
import { execFileSync } from "node:child_process";
import { binary, install } from "./process";

export default async function setup(): Promise<() => Promise<void>> {
  const { data, printed, remove } = await install("demo");
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
  return remove;
}
