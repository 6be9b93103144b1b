// The build of the window. Everything the page needs is bundled: the content security policy lets
// nothing in from outside, and forbids inline script and style.
import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig, type UserConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export const config: UserConfig = {
  root: here("."),
  base: "./",
  cacheDir: here("../node_modules/.vite"),
  publicDir: false,
  plugins: [svelte({ configFile: here("svelte.config.js") })],
  resolve: {
    alias: {
      "@fonts": here("../node_modules/@fontsource/atkinson-hyperlegible-next/files"),
      "@pdfjs": here("../node_modules/pdfjs-dist"),
      "@words": here("../assets/words"),
      "@": here("src"),
    },
  },
  // Character maps and fonts of pdf.js, which a module of ours holds as text: the page may fetch nothing.
  assetsInclude: ["**/*.bcmap", "**/*.pfb"],
  worker: { format: "es" },
  css: { preprocessorOptions: { scss: { loadPaths: [here("../node_modules")], quietDeps: true } } },
  server: { port: 1420, strictPort: true },
  clearScreen: false,
  build: {
    outDir: here("dist"),
    emptyOutDir: true,
    target: ["safari16.4", "chrome111"],
    // A data: address would be refused by `font-src 'self'`, an inline polyfill by `script-src 'self'`.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
};

export default defineConfig(config);
