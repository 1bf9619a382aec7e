import { fileURLToPath } from "node:url";
import { defineConfig } from "@playwright/test";

const results =
  process.env.STOREBOT_TEST_RESULTS ?? fileURLToPath(new URL("../../test-results", import.meta.url));

// The browser is the system's own; the flags keep it from calling anybody but
// the server under test.
export default defineConfig({
  testDir: ".",
  // The pictures of the README are made on demand, so that a test run changes no file.
  testMatch: process.env.STOREBOT_PICTURES === "1" ? "picture.ts" : "*.spec.ts",
  outputDir: `${results}/browser`,
  globalSetup: "./server.ts",
  timeout: 90_000,
  expect: { timeout: 15_000 },
  workers: 2,
  forbidOnly: true,
  reporter: [["list"], ["json", { outputFile: `${results}/playwright.json` }]],
  use: {
    headless: true,
    locale: "en-US",
    timezoneId: "Asia/Taipei",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.STOREBOT_CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
