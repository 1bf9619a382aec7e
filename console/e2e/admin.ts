// Those who run the installation, as a test needs them beside the pages.
import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { type Cookie, clients, password } from "./caller";
import { address } from "./fixture";
import { binary } from "./process";

/** adminLink makes a platform admin by the command, and returns the one-time link that it prints. */
export function adminLink(email: string): string {
  const made = execFileSync(
    binary,
    ["admin", "create", email, "--data", process.env.STOREBOT_BROWSER_DATA ?? ""],
    { encoding: "utf8", env: { ...process.env, STOREBOT_PUBLIC_URL: address() } },
  );
  return made.split("\n")[0] ?? "";
}

/** newAdmin is one who has opened the link. */
export async function newAdmin() {
  const admin = clients();
  const [, token] = adminLink(`admin-${randomUUID()}@storebot.example`).split("#");
  await admin.platform.openLink({ token, password });
  const { cookie } = admin;
  return {
    platform: admin.platform,
    cookie,
    /** enter looks into a shop, and returns the session of the visit. */
    async enter(tenantId: string, reason: string): Promise<Cookie> {
      await admin.platform.enterTenant({ tenantId, reason, time: { seconds: 3600n } });
      return admin.cookie;
    },
  };
}
