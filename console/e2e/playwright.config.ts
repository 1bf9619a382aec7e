import { defineConfig } from "@playwright/test";

const results = process.env.STOREBOT_TEST_RESULTS ?? "test-results";

// The browser is the system's own; the flags keep it from calling anybody but
// the server under test.
export default defineConfig({
  testDir: ".",
  outputDir: `${results}/browser`,
  globalSetup: "./server.ts",
  timeout: 90_000,
  expect: { timeout: 15_000 },
  workers: 1,
  forbidOnly: true,
  reporter: [["list"], ["json", { outputFile: `${results}/playwright.json` }]],
  use: {
    headless: true,
    trace: "retain-on-failure",
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
