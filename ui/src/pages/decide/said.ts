// An answer as a page says it: its parts cross from the guidance and the file, and are joined here with the
// catalogue's words.
import type { AnswerParts } from "@/lib/bindings";
import { day } from "@/lib/dates";
import { t, type Key } from "@/lib/words";

const joined = (key: Key, parts: readonly string[]): string =>
  parts.filter(Boolean).reduce((before, next) => (before ? t(key, { before, next }) : next), "");
const list = (...parts: string[]): string => joined("said.list", parts);
const series = (parts: readonly string[]): string => joined("said.series", parts);
/** Words beside what they belong to; either may be missing. */
const beside = (label: string, words: string): string =>
  label && words ? t("said.beside", { label, words }) : label || words;

function inWords(answer: AnswerParts): string {
  switch (answer.is) {
    case "chosen":
      return beside(series(answer.labels), answer.words);
    case "text":
      return answer.text;
    case "date":
      return day(answer.on);
    case "people":
      return list(...answer.names);
    case "adviser":
      return beside(list(answer.who, answer.result && t(`said.adviser.${answer.result}`)), answer.said);
    case "items":
      return series(answer.texts);
    case "weighing":
      return answer.heavier && t(`said.heavier.${answer.heavier}`);
    case "each_person":
      return series(answer.rows.map((row) => beside(list(row.name, row.label), row.words)));
    case "checklist":
      return series(answer.rows.map((row) => beside(joined("said.point", [row.name, row.label]), row.words)));
  }
}

/** An answer in words; an optional question may be answered with nobody and nothing. */
export const answerSaid = (answer: AnswerParts): string => inWords(answer) || t("decide.left_empty");
