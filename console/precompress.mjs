// Writes a .br and a .gz beside every text asset of dist/, so that the server
// never compresses at request time. A file that does not shrink gets neither.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import zopfli from "@gfx/zopfli";

const dist = join(import.meta.dirname, "dist");
// The widget is downloaded by every visitor of every shop: it is worth a packer that takes its time.
const pack = promisify(zopfli.gzip);
const text = /\.(js|css|html|svg|json|txt)$/;

for (const room of ["app", "widget"]) {
  const dir = join(dist, room);
  if (!existsSync(dir)) continue;
  for (const name of readdirSync(dir, { recursive: true, encoding: "utf8" })) {
    const path = join(dir, name);
    // The index gets a nonce for each response: it is sent as it is written then.
    if (!text.test(name) || name.endsWith("index.html") || !statSync(path).isFile()) continue;
    const plain = readFileSync(path);
    const br = brotliCompressSync(plain, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length },
    });
    const gz = room === "widget" ? await pack(plain, {}) : gzipSync(plain, { level: 9 });
    if (br.length < plain.length) writeFileSync(`${path}.br`, br);
    if (gz.length < plain.length) writeFileSync(`${path}.gz`, gz);
  }
}
