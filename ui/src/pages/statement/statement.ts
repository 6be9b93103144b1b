// What was chosen for the lines of a statement, and what is wrong with one of them, in words.
import type { FieldFailure, ReviewLine } from "@/lib/bindings";
import type { Problem } from "@/lib/form";
import { t } from "@/lib/words";

/** What was chosen for a line. */
export type Chosen = { goes: string; words: string; test: string; reason: string };

/** A line for which nothing is chosen, or what an earlier draft had for it. */
export const chosenFor = (line: ReviewLine): Chosen => ({
  goes: line.before?.goes ?? "",
  words: line.before?.words ?? "",
  test: line.before?.test ?? "",
  reason: line.before?.reason ?? "",
});

const OF_LINE = /^line_(\d+)_(goes|words|test|reason)$/;

/** What is wrong with a line, by its number. */
export function lineProblem({ field, code, length }: FieldFailure): Problem | undefined {
  const found = OF_LINE.exec(field);
  const part = found?.[2];
  if (!found || !part || length) return undefined;
  const number = Number(found[1]) + 1;
  if (code === "names_protected" && (part === "goes" || part === "words"))
    return { field, text: t(`statement.line_bad.${part}`, { number }) };
  return { field, text: t(`statement.line_need.${part as "goes"}`, { number }) };
}
