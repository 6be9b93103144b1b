// The window without its shell, for drawing: every command is answered by fake.ts from invented data.
// Never part of a build that is given out. `npm run dev:fake`, then add ?phase=locked or ?phase=first_start.
import { fileURLToPath } from "node:url";
import { defineConfig, mergeConfig } from "vite";
import { config } from "../vite.config";

const here = fileURLToPath(new URL(".", import.meta.url));
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' blob: data:; connect-src 'self'";

export default defineConfig(
  mergeConfig(config, {
    root: here,
    server: { port: 1421, fs: { allow: [fileURLToPath(new URL("../..", import.meta.url))] } },
    build: { outDir: fileURLToPath(new URL("../../target/ui-fake", import.meta.url)) },
    // Served as built, under the policy of the real window: `vite build`, then `vite preview`.
    preview: { port: 1422, strictPort: true, headers: { "Content-Security-Policy": policy } },
  }),
);
