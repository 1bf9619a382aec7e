// Builds the widget: the chat in each language, then the launcher, which knows their version.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { minify } from "terser";
import { build } from "vite";

const configFile = join(import.meta.dirname, "vite.config.ts");
const out = join(import.meta.dirname, "../dist/widget");
rmSync(out, { recursive: true, force: true });
for (const language of ["en", "zh-Hant", "zh-Hans"]) {
  await build({ configFile, mode: `chat.${language}`, logLevel: "error" });
  // A second minifier after the bundler's own takes another 150 B, after gzip.
  const file = join(out, `${language}.js`);
  const { code } = await minify(readFileSync(file, "utf8"), {
    module: true,
    ecma: 2020,
    compress: { passes: 3, pure_getters: true },
  });
  writeFileSync(file, code);
}
await build({ configFile, mode: "launcher", logLevel: "error" });
