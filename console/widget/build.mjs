// Builds the widget: the chat in each language, then the launcher, which knows their version.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";

const configFile = join(import.meta.dirname, "vite.config.ts");
rmSync(join(import.meta.dirname, "../dist/widget"), { recursive: true, force: true });
for (const mode of ["chat.en", "chat.zh-Hant", "chat.zh-Hans", "launcher"]) {
  await build({ configFile, mode, logLevel: "error" });
}
