import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { languages, loadCatalogue } from "./catalogue";

// The server's words are those of its sources: what it can name, each language can.
const sources = join(import.meta.dirname, "../../../../rag/ragjob");

it.each(languages)("names every queue and every kind of job in %s", async (language) => {
  const text = readdirSync(sources)
    .filter((name) => name.endsWith(".go") && !name.endsWith("_test.go"))
    .map((name) => readFileSync(join(sources, name), "utf8"))
    .join("\n");
  const all = (pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] as string).sort();
  const { platform } = await loadCatalogue(language);
  const queues = all(/\b\w+Queue\s*=\s*"([^"]+)"/g);
  const kinds = all(/Kind\(\) string \{ return "([^"]+)" \}/g);
  expect(queues.length).toBeGreaterThanOrEqual(5);
  expect(kinds.length).toBeGreaterThanOrEqual(8);
  expect(Object.keys(platform.queues).sort()).toEqual(queues);
  expect(Object.keys(platform.jobKinds).sort()).toEqual(kinds);
});
