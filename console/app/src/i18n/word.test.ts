// The fixed words that the server says, read where it defines them: each has
// its text in the catalogue, and the catalogue has none that is never said.
// That all languages have the same ones is catalogue.test.ts's matter.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { en } from "./en";

const root = join(import.meta.dirname, "../../../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const all = (code: string, word: RegExp) => [...code.matchAll(word)].map((match) => match[1] ?? "");

/** sources is all Go code below a folder, without its tests. */
const sources = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".go") && !name.endsWith("_test.go"))
    .map((name) => read(join(folder, name)))
    .join("\n");

const same = (words: Record<string, string>, said: string[]) => {
  expect(said.length).toBeGreaterThan(4);
  expect(Object.keys(words).sort()).toEqual([...new Set(said)].sort());
};

it("every reason of a refusal", () => {
  const gateway = read("cmd/storebot/internal/gateway/errors.go");
  const rag = sources("rag");
  same(en.problem.reason, [
    ...all(gateway, /\.Err\w+, connect\.Code\w+, "(\w+)"/g),
    ...all(gateway, /\{context\.\w+, connect\.Code\w+, "(\w+)"/g),
    ...all(gateway, /Reason: "(\w+)"/g),
    ...all(gateway, /reason = "(\w+)"/g),
    ...all(rag, /InputError\{Code: "(\w+)",/g),
    // rag/entry.go and rag/ingest.go put these together from a field's name.
    ...["missing_question", "missing_answer"],
    ...["question_too_long", "answer_too_long", "category_too_long", "phrasing_too_long"],
    ...all(read("rag/sheet/reject.go"), /Reason = "(\w+)"/g),
  ]);
});

it("every problem of a product", () => {
  const check = read("rag/product/check.go");
  const codes = [
    ...all(check, /(?:say|text)\("\w+", "(\w+)"/g),
    ...all(check, /(?:say|text)\(field\+"\.\w+", "(\w+)"/g),
    ...all(check, /text\(fmt\.Sprintf\([^)]*\), "(\w+)"/g),
    ...all(check, /Rule: "(\w+)"/g),
    // Of f in link and image, which the code puts together.
    ...["link", "image"].flatMap((field) => [`${field}_too_long`, `unknown_${field}`]),
    // What an entry's row may have wrong too is said in the same words.
  ].filter((code) => !(code in en.import.code));
  same(en.products.code, codes);
  same(en.products.cure, codes);
});

it("every problem of a row", () => {
  const codes = [
    ...all(read("rag/sheet/problem.go"), /Code = "(\w+)"/g),
    ...all(read("rag/ingest.go"), /(?:QuestionTwice|SeveralEntries) += "(\w+)"/g),
  ].filter((code) => !(code in en.products.code));
  same(en.import.code, codes);
  same(en.import.cure, codes);
});

it("every reason of a decision", () => {
  same(en.try.reasons, all(read("rag/conversation.go"), /Reason\w+\s+= "(\w+)"/g));
});

it("every outcome of a conversation, in the order in which they are tried", () => {
  const outcomes = all(read("console/insight/ledger.go"), /Outcome = "(\w+)"/g);
  expect(Object.keys(en.ledger.outcomes)).toEqual(outcomes);
});
