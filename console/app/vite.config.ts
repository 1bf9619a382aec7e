import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  root: import.meta.dirname,
  base: "/console/",
  plugins: [react()],
  build: {
    outDir: "../dist/app",
    emptyOutDir: true,
    // Which file needs which: size.mjs adds up by it what a first load is. The build takes it out of what is served.
    manifest: "manifest.json",
    target: "es2022",
    // A data: URL would need an exception in the content security policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
  server: {
    proxy: { "/storebot.v1.": "http://127.0.0.1:8080" },
  },
});
