// Counts tests: `count.mjs --show FILE` shows what failed in go test's events,
// `count.mjs --total DIR` adds up every suite and prints "N passed, N failed".
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** goEvents reads the events that `go test -json` wrote; other lines are the compiler's. */
function goEvents(file) {
  const events = [];
  for (const line of readFileSync(file, "utf8").split("\n")) {
    if (!line) continue;
    try {
      events.push(JSON.parse(line));
    } catch {
      events.push({ Action: "build-output", Output: `${line}\n` });
    }
  }
  return events;
}

function countGo(file) {
  let passed = 0;
  let failed = 0;
  for (const e of goEvents(file)) {
    if (e.Action === "pass" && e.Test) passed++;
    // A package fails without a failed test when it does not build or panics.
    if (e.Action === "fail" && (e.Test || e.FailedBuild)) failed++;
  }
  return { passed, failed };
}

function showGo(file) {
  const output = new Map();
  const slow = [];
  for (const e of goEvents(file)) {
    const key = `${e.Package ?? e.ImportPath ?? ""} ${e.Test ?? ""}`;
    if (e.Action === "output" || e.Action === "build-output") {
      output.set(key, (output.get(key) ?? "") + e.Output);
    }
    if (e.Action === "build-output") process.stdout.write(e.Output);
    if (e.Action === "fail") process.stdout.write(output.get(key) ?? "");
    if (e.Action === "pass" && !e.Test && e.Elapsed > 10) slow.push(`${e.Package} ${e.Elapsed.toFixed(0)} s`);
  }
  const { passed, failed } = countGo(file);
  console.log(`${passed} Go tests passed, ${failed} failed${slow.length ? `; slow: ${slow.join(", ")}` : ""}`);
}

function total(dir) {
  let passed = 0;
  let failed = 0;
  const add = (n) => {
    passed += n.passed;
    failed += n.failed;
  };
  for (const name of readdirSync(dir)) {
    if (/^go-.*\.json$/.test(name)) add(countGo(join(dir, name)));
  }
  const vitest = join(dir, "vitest.json");
  if (existsSync(vitest)) {
    const r = JSON.parse(readFileSync(vitest, "utf8"));
    add({ passed: r.numPassedTests, failed: r.numFailedTests });
  }
  const browser = join(dir, "playwright.json");
  if (existsSync(browser)) {
    const { stats } = JSON.parse(readFileSync(browser, "utf8"));
    add({ passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped });
  }
  const suites = readFileSync(join(dir, "suites"), "utf8").trim().split("\n");
  for (const line of suites) {
    add(line.startsWith("pass") ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
    if (line.startsWith("fail")) console.log(`FAILED: ${line.slice(5)}`);
  }
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed > 0 || passed === 0 ? 1 : 0);
}

const [mode, path] = process.argv.slice(2);
if (mode === "--show") showGo(path);
else if (mode === "--total") total(path);
else {
  console.error("usage: count.mjs --show FILE | --total DIR");
  process.exit(2);
}
