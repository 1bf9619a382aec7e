import { defineConfig } from "vite";

// One classic script without imports: it runs on pages that we know nothing of.
export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  build: {
    outDir: "../dist/widget",
    emptyOutDir: true,
    target: "es2022",
    cssMinify: "lightningcss",
    modulePreload: false,
    lib: {
      entry: "src/main.ts",
      formats: ["iife"],
      name: "storebotWidget",
      fileName: () => "widget.js",
    },
  },
});
