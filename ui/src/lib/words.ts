// The message catalogue, typed. Every sentence that the program itself says stands in assets/words; a key
// that is not there does not compile. What guidance packs say comes from the pack and is not here.
//
// A plural is an object of forms: { "#one": "…", "#other": "…" }, chosen by Intl.PluralRules from `count`.
import en from "@words/en.json";

type Forms = { "#other": string } & Partial<Record<"#zero" | "#one" | "#two" | "#few" | "#many", string>>;
type Leaves<T> = {
  [K in keyof T & string]: T[K] extends string
    ? K
    : T[K] extends { "#other": string }
      ? K
      : `${K}.${Leaves<T[K]>}`;
}[keyof T & string];
/** What another language must bring: the same keys, with as many plural forms as it needs. */
export type Shape<T> = T extends string
  ? string
  : T extends { "#other": string }
    ? Forms
    : { [K in keyof T]: Shape<T[K]> };

/** A key of the catalogue. */
export type Key = Leaves<typeof en>;
/** Values for the `{placeholders}` of a message. */
export type Values = Record<string, string | number>;

/** Every catalogue in assets/words, by the tag in its file's name. The first one is the one that keys come from. */
const files = import.meta.glob<Shape<typeof en>>("@words/*.json", { eager: true, import: "default" });
const catalogues = new Map(
  Object.entries(files).map(([path, words]) => [path.replace(/^.*\/|\.json$/g, ""), words]),
);
let words: Shape<typeof en> = en;
let plurals = new Intl.PluralRules(en.language.locale);
let numbers = numbersOf(en.language.locale);
let counts = new Intl.NumberFormat(en.language.locale);

/** Thousands are set apart from five digits on, so that a year stays a year; in a count, always. */
function numbersOf(tag: string): Intl.NumberFormat {
  return new Intl.NumberFormat(tag, { useGrouping: "min2" });
}

/** The languages that the window speaks, each by its tag and as it calls itself. */
export const languages = (): { tag: string; name: string }[] =>
  [...catalogues].map(([tag, { language }]) => ({ tag, name: language.name }));

/** Speaks a language from here on; the first one where the tag is of none. Says whether that is another one. */
export function useLanguage(tag: string): boolean {
  const chosen = catalogues.get(tag) ?? en;
  const other = chosen !== words;
  words = chosen;
  plurals = new Intl.PluralRules(locale());
  numbers = numbersOf(locale());
  counts = new Intl.NumberFormat(locale());
  document.documentElement.lang = locale();
  return other;
}

/** The locale for dates and numbers. */
export const locale = (): string => words.language.locale;

function find(key: string): string | Forms | undefined {
  let at: unknown = words;
  for (const part of key.split(".")) {
    if (typeof at !== "object" || at === null) return undefined;
    at = (at as Record<string, unknown>)[part];
  }
  if (typeof at === "string") return at;
  return typeof at === "object" && at !== null && "#other" in at ? (at as Forms) : undefined;
}

/** Whether a key made from a code at run time is in the catalogue. */
export const has = (key: string): key is Key => find(key) !== undefined;

/** Letters of scripts that are read from right to left. */
const TURNS = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** A text that somebody wrote, for a place inside other words where no markup can stand: it is set apart where it
    would turn the order of what stands around it. */
export const isolated = (text: string): string => (TURNS.test(text) ? `\u2068${text}\u2069` : text);

/** The message for a key, with its placeholders filled in. */
export function t(key: Key, values: Values = {}): string {
  const found = find(key);
  if (found === undefined) return key;
  const text =
    typeof found === "string"
      ? found
      : (found[`#${plurals.select(Number(values["count"] ?? 0))}`] ?? found["#other"]);
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name] ?? whole;
    if (typeof value !== "number") return isolated(value);
    return (name === "count" ? counts : numbers).format(value);
  });
}

/** The message for a code that comes from outside the closed sets, or another where it is unknown. */
export const tOr = (key: string, otherwise: Key, values?: Values): string =>
  t(has(key) ? key : otherwise, values);

/** A number as a word up to nine, then in digits, as at the start of a heading. */
export const inWords = (count: number): string =>
  Number.isInteger(count) && count >= 0 && count <= 9
    ? tOr(`numbers.${count}`, "numbers.0")
    : counts.format(count);

/** Several names in one line. */
export const listed = (names: readonly string[]): string =>
  new Intl.ListFormat(locale(), { type: "conjunction" }).format(names.map(isolated));
