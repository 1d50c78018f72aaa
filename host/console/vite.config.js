// Builds the console's page to `dist/`, which the host serves.

import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [react()],
  worker: { format: "es" },
  resolve: {
    alias: [
      // Of the 280 languages that EUI would bring along to color code in, the page shows none.
      { find: /^refractor$/, replacement: "refractor/core.js" },
    ],
  },
  build: {
    // The page is for browsers that have WebAssembly and modules; no others get a smaller page.
    target: "es2022",
    // Nothing is inlined: the content security policy allows what comes from the host only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 3000,
  },
});
