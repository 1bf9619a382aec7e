// Runs the real binary with its demo shop in a fresh folder, for all browser
// tests, and stops it after them.
import { install } from "./process";

export default async function setup(): Promise<() => Promise<void>> {
  const { data, printed, remove } = await install("demo");
  process.env.STOREBOT_BROWSER_DATA = data;
  const field = (name: string) => new RegExp(`${name}\\s+(\\S+)`).exec(printed)?.[1] ?? "";
  process.env.STOREBOT_BASE = new URL(field("Console")).origin;
  process.env.STOREBOT_DEMO_EMAIL = field("Login");
  process.env.STOREBOT_DEMO_PASSWORD = field("Password");
  return remove;
}
