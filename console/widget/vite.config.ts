import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig, type Plugin } from "vite";

const speeches = ["en", "zh-Hant", "zh-Hans"];
const out = join(import.meta.dirname, "../dist/widget");

/** Puts a language's texts in the place of the English ones, which the source names. */
const speak = (language: string): Plugin => ({
  name: "speak",
  enforce: "pre",
  resolveId: (id) =>
    id.endsWith("/text/en") ? join(import.meta.dirname, `src/chat/text/${language}.ts`) : undefined,
});

/** The chat files as they lie there: their addresses carry it, so that a new build is never met by an old cache. */
function version(): string {
  const hash = createHash("sha256");
  for (const name of speeches) hash.update(readFileSync(join(out, `${name}.js`)));
  return hash.digest("hex").slice(0, 8);
}

// --mode chat.LANGUAGE builds the conversation in one language, a module that
// the launcher imports on first need; without a mode the launcher, one classic
// script without imports: it runs on pages that we know nothing of.
export default defineConfig(({ mode }) => {
  const language = speeches.find((name) => mode === `chat.${name}`);
  return {
    root: import.meta.dirname,
    publicDir: false,
    plugins: language ? [speak(language)] : [],
    define: language ? {} : { CHAT_VERSION: JSON.stringify(version()) },
    build: {
      outDir: out,
      emptyOutDir: false,
      target: "es2022",
      cssMinify: "lightningcss",
      modulePreload: false,
      minify: true,
      ...(language
        ? {
            rolldownOptions: {
              input: join(import.meta.dirname, "src/chat/chat.ts"),
              preserveEntrySignatures: "strict" as const,
              output: { format: "es" as const, entryFileNames: `${language}.js` },
            },
          }
        : {
            lib: {
              entry: "src/launcher/main.ts",
              formats: ["iife" as const],
              name: "storebotWidget",
              fileName: () => "widget.js",
            },
          }),
    },
  };
});
