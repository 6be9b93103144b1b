// Makes every size of the program's icon from icon.svg (`npm run icons`). Tauri refuses an icon that is not
// RGBA, which its own tool takes care of; only the files that tauri.conf.json names are kept.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const out = mkdtempSync(join(tmpdir(), "sharewell-icons-"));
const tauri = fileURLToPath(new URL("../../node_modules/@tauri-apps/cli/tauri.js", import.meta.url));

try {
  execFileSync(process.execPath, [tauri, "icon", join(here, "icon.svg"), "--output", out], { stdio: "inherit" });
  for (const file of ["32x32.png", "128x128.png", "128x128@2x.png", "icon.png", "icon.ico", "icon.icns"])
    copyFileSync(join(out, file), join(here, file));
} finally {
  rmSync(out, { recursive: true, force: true });
}
