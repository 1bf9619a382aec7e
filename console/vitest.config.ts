import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["app/src/**/*.test.{ts,tsx}", "widget/**/*.test.ts"],
    environment: "jsdom",
    setupFiles: ["app/src/test/setup.ts"],
    restoreMocks: true,
    // A shared machine is slow at times; a test that hangs still ends.
    testTimeout: 60_000,
  },
});
