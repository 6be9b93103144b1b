// The window's pages with the marked language beside the others: for the program of the tests, which is told where
// they lie. They are built into a folder of their own, and nothing given out has them.
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig, mergeConfig } from "vite";
import { config } from "../vite.config";
import { TAG, marked } from "./marked";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The catalogues, and the marked one as a translator would bring it: a file more. */
function words(): string {
  const folder = mkdtempSync(join(tmpdir(), "sharewell-words-"));
  cpSync(here("../../assets/words"), folder, { recursive: true });
  const first = JSON.parse(readFileSync(join(folder, "en.json"), "utf8")) as object;
  writeFileSync(join(folder, `${TAG}.json`), JSON.stringify(marked(first)));
  return folder;
}

export default mergeConfig(
  config,
  defineConfig({
    resolve: { alias: { "@words": words() } },
    build: { outDir: here("../dist-marked") },
  }),
);
