// Prints what a shop's page downloads, and fails above the limit: a widget
// that grows unseen slows down every page of every shop. Every page loads the
// launcher; a shopper who opens it loads the chat in one language. The files
// are those that the server sends, as precompress.mjs has packed them.
import { readFileSync } from "node:fs";
import { join } from "node:path";

const goal = 8_000;
const limit = 12_000;

const dir = process.argv[2] ?? join(import.meta.dirname, "../dist/widget");
const size = (name) => {
  const [plain, gz, br] = ["", ".gz", ".br"].map((form) => readFileSync(join(dir, name + form)).length);
  console.log(`${name}: ${plain} B, gzip ${gz} B, brotli ${br} B`);
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
