// A language for tests: every word of a catalogue marked, and what stands on a page without the mark.

/** A letter that no English word begins with, so that mark and word stay one word. */
export const MARK = "ŷ";
/** The tag by which the program of the tests knows it. */
export const TAG = "qps";
/** A sentence may be given a capital where it is shown. */
const MARKS = [MARK, MARK.toLocaleUpperCase("en")];

/** A message with every word marked; what stands in braces is filled in later. */
const message = (text: string): string =>
  text.replace(/\{\w+\}|\p{L}+/gu, (found) => (found.startsWith("{") ? found : MARK + found));

/** A catalogue with every message marked; what it says of itself stays. */
export function marked<T>(catalogue: T, at = ""): T {
  if (typeof catalogue === "string") return (at === ".language.locale" ? catalogue : message(catalogue)) as T;
  return Object.fromEntries(
    Object.entries(catalogue as object).map(([name, one]) => [name, marked(one, `${at}.${name}`)]),
  ) as T;
}

const words = (text: string): string[] => text.match(/\p{L}+/gu) ?? [];

/** The words of a text that have no mark and are none of those allowed. A single letter is no word. */
export const unmarked = (text: string, allowed: ReadonlySet<string>): string[] =>
  words(text).filter(
    (word) => word.length > 1 && !MARKS.some((mark) => word.startsWith(mark)) && !allowed.has(word),
  );

/** The words of every text in a reply. A code, in small letters and without a blank, is none. */
export function wordsOf(reply: unknown): string[] {
  if (typeof reply === "string") return /^[a-z0-9_.@:-]*$/.test(reply) ? [] : words(reply);
  if (typeof reply !== "object" || reply === null) return [];
  return Object.values(reply).flatMap(wordsOf);
}

const TOLD = ["aria-label", "aria-description", "title", "alt", "placeholder"];

/** Every text that a page shows or has read out. */
export function textOf(page: Element): string {
  const texts: string[] = [];
  const walk = (node: Node): void => {
    if (node.nodeType === Node.TEXT_NODE) texts.push(node.textContent ?? "");
    if (node instanceof Element) {
      if (["SCRIPT", "STYLE"].includes(node.tagName)) return;
      for (const name of TOLD) texts.push(node.getAttribute(name) ?? "");
    }
    node.childNodes.forEach(walk);
  };
  walk(page);
  return texts.join("\n");
}
