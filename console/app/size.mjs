// Prints what the console's first load downloads, and fails above the limit:
// what index.html names, the catalogue of the longest language, and the page
// where one begins. The overview, which is seen after logging in, is printed
// beside it. The sizes are those of the files that the server sends, as
// precompress.mjs has packed them; app.json is Vite's account of which file needs which.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const limit = 300_000; // bytes, gzip -9

const dist = process.argv[2] ?? join(import.meta.dirname, "../dist");
const parts = JSON.parse(readFileSync(join(dist, "app.json"), "utf8"));

/** needs adds to files all that a source's module needs before it runs, and itself. */
function needs(source, files = new Set()) {
  const part = parts[source];
  if (!part) throw new Error(`app.json names no ${source}: it was moved, or is no file of its own any more`);
  if (files.has(part.file)) return files;
  for (const file of [part.file, ...(part.css ?? [])]) files.add(file);
  for (const one of part.imports ?? []) needs(one, files);
  return files;
}

/** size is what a file weighs on the wire: its .gz, or the file itself where packing did not shrink it. */
const size = (file, form = ".gz") => {
  const path = join(dist, "app", file);
  return readFileSync(existsSync(path + form) ? path + form : path).length;
};
// The index gets a nonce for each response, and is packed by nobody before.
const index = readFileSync(join(dist, "app/index.html")).length;
const sum = (files, form) => [...files].reduce((all, file) => all + size(file, form), index);

const catalogues = ["en", "zh-Hant", "zh-Hans"].map((name) => needs(`src/i18n/${name}.ts`));
const longest = catalogues.reduce((one, other) => (sum(one) > sum(other) ? one : other));
const load = (...sources) => {
  const files = new Set([...needs("index.html"), ...longest]);
  for (const source of sources) for (const file of needs(source)) files.add(file);
  return files;
};
const tell = (name, files) =>
  console.log(`${name}: gzip ${sum(files)} B, brotli ${sum(files, ".br")} B in ${files.size + 1} files`);

const first = ["login", "signup", "join"].map((name) => ({ name, files: load(`src/page/${name}.tsx`) }));
for (const { name, files } of first) tell(`first load, ${name}`, files);
tell("overview, signed in", load("src/frame.tsx", "src/page/home/home.tsx"));
for (const { name, files } of first) {
  const over = sum(files) - limit;
  if (over <= 0) continue;
  const heavy = [...files].sort((a, b) => size(b) - size(a)).slice(0, 5);
  console.error(
    `the console's first load (${name}) is ${over} B above the limit of ${limit} B gzip: load what one page ` +
      `needs with that page (lazyRouteComponent in app/src/router.tsx). The heaviest files:`,
  );
  for (const file of heavy) console.error(`  ${file}: gzip ${size(file)} B`);
  process.exitCode = 1;
}
