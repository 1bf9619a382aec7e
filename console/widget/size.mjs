// Prints what a shop's page downloads, and fails above the limit: a widget
// that grows unseen slows down every page of every shop.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

const goal = 8_000;
const limit = 12_000;

const path = process.argv[2] ?? join(import.meta.dirname, "../dist/widget/widget.js");
const plain = readFileSync(path);
const gz = gzipSync(plain, { level: 9 }).length;
console.log(`widget.js: ${plain.length} B, gzip ${gz} B, brotli ${brotliCompressSync(plain).length} B`);
if (gz > goal) console.log(`above the goal of ${goal} B gzip`);
if (gz > limit) {
  console.error(`above the limit of ${limit} B gzip`);
  process.exit(1);
}
