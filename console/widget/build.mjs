// Builds the widget: the chat in each language, then the launcher, which knows their version.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { minify } from "uglify-js";
import { build } from "vite";

const configFile = join(import.meta.dirname, "vite.config.ts");
const out = join(import.meta.dirname, "../dist/widget");

/** Builds one file. A second minifier after the bundler's own takes another 300 B from the whole, after gzip. */
async function make(mode, name, module) {
  await build({ configFile, mode, logLevel: "error" });
  const file = join(out, name);
  // More passes, and short names for what is used once, make the text shorter and the packed file longer.
  const compress = { passes: 2, pure_getters: true, varify: false };
  const { code, error } = minify(readFileSync(file, "utf8"), { module, compress });
  if (error) throw error;
  writeFileSync(file, code);
}

rmSync(out, { recursive: true, force: true });
for (const language of ["en", "zh-Hant", "zh-Hans"]) await make(`chat.${language}`, `${language}.js`, true);
await make("launcher", "widget.js", false);
