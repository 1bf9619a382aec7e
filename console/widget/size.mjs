// Prints what a shop's page downloads, and fails above the limit: a widget
// that grows unseen slows down every page of every shop. Every page loads the
// launcher; a shopper who opens it loads the chat in one language.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

const goal = 8_000;
const limit = 12_000;

const dir = process.argv[2] ?? join(import.meta.dirname, "../dist/widget");
const size = (name) => {
  const plain = readFileSync(join(dir, name));
  const gz = gzipSync(plain, { level: 9 }).length;
  console.log(`${name}: ${plain.length} B, gzip ${gz} B, brotli ${brotliCompressSync(plain).length} B`);
  return gz;
};
const launcher = size("widget.js");
const whole = launcher + Math.max(...["en.js", "zh-Hant.js", "zh-Hans.js"].map(size));
console.log(`whole, in the longest language: gzip ${whole} B`);
if (whole > goal) console.log(`above the goal of ${goal} B gzip`);
if (whole > limit) {
  console.error(`above the limit of ${limit} B gzip`);
  process.exit(1);
}
