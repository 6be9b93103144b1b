// Finds sentences that stand in markup instead of the catalogue, keys that nobody uses, placeholders that
// nobody fills, and languages that lack a key. Run by `npm run check`.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "svelte/compiler";

const root = fileURLToPath(new URL("../..", import.meta.url));
const sources = join(root, "ui/src");
const findings = [];
const TOLD = new Set([
  "label",
  "title",
  "hint",
  "legend",
  "summary",
  "text",
  "alt",
  "placeholder",
  "aria-label",
  "empty",
  "backLabel",
]);
const LETTERS = /\p{L}{2,}/u;

function files(folder, ending) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return files(path, ending);
    return ending.some((one) => entry.name.endsWith(one)) ? [path] : [];
  });
}

/** Every node of a syntax tree, but for the names of classes. */
function* nodes(node) {
  if (!node || typeof node !== "object") return;
  if (Array.isArray(node)) {
    for (const one of node) yield* nodes(one);
    return;
  }
  if (node.type === "Attribute" && node.name === "class") return;
  if (node.type === "ImportDeclaration") return;
  if (typeof node.type === "string") yield node;
  for (const [name, value] of Object.entries(node)) if (name !== "parent") yield* nodes(value);
}

/** A string in code that reads like a sentence: two words with a space between. */
function sentence(node) {
  const text =
    node.type === "Literal" ? node.value : node.type === "TemplateElement" ? node.value.cooked : undefined;
  return typeof text === "string" && /^[^.#[>*]*\p{L}{2,} \p{L}{2,}/u.test(text) ? text : undefined;
}

function leaves(group, path = []) {
  return Object.entries(group).flatMap(([name, value]) => {
    const here = [...path, name];
    if (typeof value === "string") return [[here.join("."), [value]]];
    if ("#other" in value) return [[here.join("."), Object.values(value)]];
    return leaves(value, here);
  });
}

/** The words of a form's section; of each within it where it is chosen at run time. */
function wordsOf(section, open) {
  sections.add(section);
  for (const kind of ["need", "bad"])
    prefixes.push(open ? [`${section}.`, "", `.${kind}.`] : [`${section}.${kind}.`, ""]);
}

const lineOf = (text, offset) => text.slice(0, offset).split("\n").length;

const catalogue = new Map(leaves(JSON.parse(readFileSync(join(root, "assets/words/en.json"), "utf8"))));
const used = new Set();
const prefixes = [];
const sections = new Set();
const fills = [];

for (const path of files(sources, [".svelte", ".ts"])) {
  const name = relative(root, path);
  const text = readFileSync(path, "utf8");
  if (name.endsWith("bindings.ts")) continue;

  for (const match of text.matchAll(/["'`]([a-z_]+(?:\.[\w-]+)+)["'`]/g)) used.add(match[1]);
  for (const match of text.matchAll(/`([a-z_]+(?:\.[\w-]+)*\.)\$\{[^}]*\}([\w.]*)/g))
    prefixes.push([match[1], match[2]]);
  // A form names the sections that have its words: `need.<field>` and `bad.<field>`.
  for (const [, list] of text.matchAll(/\bwords:\s*(\[[^\]]*\]|"[\w.]+"|`[^`]*`)/g))
    for (const [, section, open] of list.matchAll(/["`]([a-z_]+(?:\.[a-z_]+)*)(\.\$\{\w+\})?["`]/g))
      wordsOf(section, open);
  for (const [, section] of text.matchAll(
    /\b(?:formProblems|sayings)\([^"()]*(?:\([^()]*\)[^"()]*)*"([a-z_.]+)"/g,
  ))
    wordsOf(section);
  // t("key", { a, b: … }) and <Say key="key" values={{ a, b: … }}>: only where the values stand in place.
  for (const match of text.matchAll(
    /\bt\(\s*"([\w.-]+)"\s*(?:,\s*\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\})?\s*,?\s*\)/g,
  ))
    fills.push([name, lineOf(text, match.index), match[1], match[2] ?? ""]);

  if (!path.endsWith(".svelte")) continue;
  const tree = parse(text, { modern: true, filename: path });
  for (const node of nodes([tree.fragment, tree.instance, tree.module])) {
    const found = (words) =>
      findings.push(`${name}:${lineOf(text, node.start)}: a sentence outside the catalogue: ${words.trim()}`);
    if (node.type === "Text" && LETTERS.test(node.data ?? "")) {
      const inside = text.slice(0, node.start);
      const attribute = /\s([\w-]+)=["']?[^"'<>]*$/.exec(inside.slice(inside.lastIndexOf("<")))?.[1];
      if (attribute === undefined || TOLD.has(attribute)) found(node.data);
    } else {
      const words = sentence(node);
      if (words !== undefined) found(words);
    }
  }
}

// What a catalogue says of itself is read as a whole.
const inUse = (key) =>
  key.startsWith("language.") ||
  used.has(key) ||
  prefixes.some(
    ([start, end, within = ""]) => key.startsWith(start) && key.includes(within) && key.endsWith(end),
  );
for (const key of catalogue.keys()) if (!inUse(key)) findings.push(`en.json: nobody uses ${key}`);
const areas = new Set([...catalogue.keys()].map((key) => key.split(".")[0]));
for (const key of used)
  if (
    areas.has(key.split(".")[0]) &&
    !catalogue.has(key) &&
    !sections.has(key) &&
    !/\.(json|svelte|ts|scss|css|pdf)$/.test(key)
  )
    findings.push(`en.json: ${key} is used and is not there`);

for (const [name, line, key, values] of fills) {
  const given = new Set([...values.matchAll(/(?:^|[,{\s])(\w+)\s*(?=[,:}]|$)/g)].map((match) => match[1]));
  if (values.includes("...")) continue;
  for (const text of catalogue.get(key) ?? [])
    for (const [, placeholder] of text.matchAll(/\{(\w+)\}/g))
      if (!given.has(placeholder)) findings.push(`${name}:${line}: ${key} needs {${placeholder}}`);
}

for (const file of readdirSync(join(root, "assets/words"))) {
  if (file === "en.json" || !file.endsWith(".json")) continue;
  const other = new Map(leaves(JSON.parse(readFileSync(join(root, "assets/words", file), "utf8"))));
  for (const key of catalogue.keys()) if (!other.has(key)) findings.push(`${file}: lacks ${key}`);
  for (const key of other.keys())
    if (!catalogue.has(key)) findings.push(`${file}: has ${key}, which en.json has not`);
}

for (const [key, texts] of catalogue)
  for (const text of texts)
    if (/!|\bplease\b|\bsorry\b|\bsuccessfully\b/i.test(text))
      findings.push(`en.json: ${key} breaks the house voice: ${text}`);

for (const finding of findings) console.error(finding);
console.log(`words: ${catalogue.size} messages, ${findings.length} findings`);
process.exit(findings.length === 0 ? 0 : 1);
