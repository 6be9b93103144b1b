// Finds classes that are styled and not used, used and not styled, blocks that are styled in more than one
// file, and values that no token gives. Run by `npm run check`.
//
// The block of a selector is its first class without `__part` and `--kind`: `.sw-rail .sw-icon` belongs to
// `sw-rail`, and says how an icon looks in the rail.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "sass";
import { parseCss } from "svelte/compiler";

const root = fileURLToPath(new URL("../..", import.meta.url));
const theme = join(root, "ui/src/theme");
const findings = [];
/** Names in govuk-frontend's markup that its own stylesheet gives no rule. */
const PLAIN = new Set([
  "govuk-checkboxes",
  "govuk-password-input",
  "govuk-radios",
  "govuk-table__body",
  "govuk-table__head",
  "govuk-table__row",
]);
/** The library itself, and what draws nothing by itself. */
const NOT_OURS = new Set(["_govuk.scss", "_mixins.scss", "_typeface.scss", "index.scss"]);

function files(folder, ending) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return files(path, ending);
    return ending.some((one) => entry.name.endsWith(one)) ? [path] : [];
  });
}

/** Every node of one type in a syntax tree. */
function* nodes(node, type) {
  if (!node || typeof node !== "object") return;
  if (node.type === type) yield node;
  for (const value of Object.values(node)) yield* nodes(value, type);
}

const built = (path) =>
  compile(path, { loadPaths: [join(root, "node_modules")], quietDeps: true, style: "expanded" }).css;
const classesOf = (tree) => [...nodes(tree, "ClassSelector")].map((one) => one.name.replace(/\\/g, ""));

// What is styled, and where.
const styled = new Map();
const homes = new Map();
for (const path of files(theme, [".scss"])) {
  const name = relative(theme, path);
  if (NOT_OURS.has(name)) continue;
  const sheet = parseCss(built(path));
  for (const rule of nodes(sheet, "Rule"))
    for (const selector of rule.prelude.children) {
      const all = classesOf(selector);
      for (const one of all) if (!styled.has(one)) styled.set(one, name);
      const block = all.find((one) => /^(sw|govuk)-/.test(one))?.replace(/(__|--).*$/, "");
      if (block !== undefined) homes.set(block, (homes.get(block) ?? new Set()).add(name));
      else if (name !== "_base.scss") findings.push(`${name}: a rule without a block belongs in _base.scss`);
    }
}
for (const [block, places] of homes)
  if (places.size > 1)
    findings.push(`${block} is styled in ${[...places].sort().join(" and ")}: one file only`);

// What is used.
const used = new Map();
const starts = new Set();
const words = new Set();
for (const path of [...files(join(root, "ui/src"), [".svelte", ".ts"]), join(root, "ui/index.html")]) {
  const name = relative(root, path);
  if (name.endsWith("bindings.ts")) continue;
  const text = readFileSync(path, "utf8")
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/(^|\s)\/\/.*$/gm, "");
  for (const [, word, open] of text.matchAll(/(?<![\w-])((?:sw|govuk)-[\w-]*(?:!-[\w-]+)?)(\$?\{)?/g))
    if (open) starts.add(word);
    else if (!used.has(word)) used.set(word, name);
  for (const [, inside] of text.matchAll(/class=("[^"]*"|\{[^}]*\})/g))
    for (const [word] of inside.matchAll(/[\w-]+/g)) words.add(word);
}

const inUse = (one) =>
  /^(sw|govuk)-/.test(one)
    ? used.has(one) || [...starts].some((start) => one.startsWith(start))
    : words.has(one);
for (const [one, name] of styled) if (!inUse(one)) findings.push(`${name}: nobody uses .${one}`);

const css = built(join(theme, "index.scss"));
const drawn = new Set([...css.matchAll(/\.((?:[\w-]|\\.)+)/g)].map((match) => match[1].replace(/\\/g, "")));
for (const [one, name] of used)
  if (!drawn.has(one) && !PLAIN.has(one)) findings.push(`${name}: .${one} is used and nothing styles it`);
for (const one of PLAIN) if (drawn.has(one) || !used.has(one)) findings.push(`.${one} need not be excused`);

// Every value comes from a token.
const tokens = new Set(
  [...readFileSync(join(theme, "tokens.css"), "utf8").matchAll(/(--[\w-]+)\s*:/g)].map((match) => match[1]),
);
for (const [, token] of css.matchAll(/var\((--sw-[\w-]+)/g))
  if (!tokens.has(token)) findings.push(`tokens.css: ${token} is used and is not there`);

for (const finding of new Set(findings)) console.error(finding);
console.log(`classes: ${styled.size} styled, ${homes.size} blocks, ${findings.length} findings`);
process.exit(findings.length === 0 ? 0 : 1);
