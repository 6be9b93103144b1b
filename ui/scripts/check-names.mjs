// Finds names that stand bare among other words: whoever's script is read the other way turns what stands around
// it. In markup a name stands in `<Name>`, in `<bdi>` or in an element with `dir="auto"`; in a sentence of the
// catalogue `t` sets it apart. Run by `npm run check`.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "svelte/compiler";

const root = fileURLToPath(new URL("../..", import.meta.url));
const sources = join(root, "ui/src");
const findings = [];
/** What the shell calls texts that are names, or the words of whoever wrote them. */
const NAMES = new Set([
  "adviser",
  "asked_by",
  "author",
  "child",
  "name",
  "recipient",
  "recipient_name",
  "set_by",
  "signed_by",
  "told",
  "was",
  "who",
]);

function files(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return files(path);
    return entry.name.endsWith(".svelte") ? [path] : [];
  });
}

const attribute = (node, name) =>
  node.attributes?.find((one) => one.type === "Attribute" && one.name === name)?.value;
const sets = (node) =>
  node.type === "RegularElement" && (node.name === "bdi" || attribute(node, "dir") !== undefined);

/** Whether an expression gives a name: itself, or where it is there. */
function isName(node) {
  if (!node) return false;
  if (node.type === "MemberExpression" && !node.computed) return NAMES.has(node.property.name);
  if (node.type === "ChainExpression") return isName(node.expression);
  if (node.type === "LogicalExpression") return isName(node.left) || isName(node.right);
  if (node.type === "ConditionalExpression") return isName(node.consequent) || isName(node.alternate);
  if (node.type === "TemplateLiteral") return node.expressions.some(isName);
  return false;
}

function look(node, path, source) {
  if (!node || typeof node !== "object") return;
  if (Array.isArray(node)) {
    for (const one of node) look(one, path, source);
    return;
  }
  if (sets(node) || node.type === "Attribute") return;
  if (node.type === "ExpressionTag" && isName(node.expression)) {
    const line = source.slice(0, node.start).split("\n").length;
    findings.push(`${path}:${line}: ${source.slice(node.start, node.end)} stands bare: use Name`);
  }
  for (const [key, value] of Object.entries(node)) if (key !== "parent") look(value, path, source);
}

for (const path of files(sources)) {
  const source = readFileSync(path, "utf8");
  look(parse(source, { modern: true }).fragment, relative(root, path), source);
}
for (const finding of findings) console.error(finding);
if (findings.length > 0) process.exit(1);
