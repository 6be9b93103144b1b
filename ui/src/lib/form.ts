// What is wrong with a form, in words, tied to the field it belongs to.
import { tick } from "svelte";
import { at } from "./addresses";
import type { Code, Failure, FieldFailure } from "./bindings";
import { faultText } from "./fault";
import { has, t, type Key } from "./words";

/** One thing to put right. `field` is the id of the field on this page, where there is one; `to` is the
    address of the page that holds it, where that is another one. */
export type Problem = { field?: string | undefined; to?: string | undefined; text: string };

/** What happened and what to do next, as one text. */
export function failureText(failure: Failure): string {
  const place = failure.fault ? faultText(failure.fault, failure.place ?? undefined) : failure.place;
  const values = { seconds: failure.wait_seconds ?? 0, place: place ?? "" };
  const code: Code = failure.code;
  const said = t(`errors.${code}.said`, values);
  const next = t(`errors.${code}.next`, values);
  return `${said} ${next}`;
}

/** A section of the catalogue that has words of its own for fields: `<section>.need.<field>` where one is empty,
    `<section>.bad.<field>` where it is anything else. */
export type Section = SectionOf<Key>;
type SectionOf<K> = K extends `${infer S}.need.${string}` | `${infer S}.bad.${string}` ? S : never;

const EMPTY: readonly Code[] = ["missing", "reason_missing", "words_missing", "person_row_missing"];

/** What is wrong with one field: the page's own words where it has any, else those of what happened. */
export function sayings(fault: FieldFailure, words: Section | readonly Section[]): string {
  // How much too long it is, no page knows better.
  if (fault.length) return t("parts.too_long", { length: fault.length.is, most: fault.length.most });
  const kind = EMPTY.includes(fault.code) ? "need" : "bad";
  for (const section of typeof words === "string" ? [words] : words) {
    const key = `${section}.${kind}.${fault.field}`;
    if (has(key)) return t(key);
  }
  return codeText(fault.code);
}

export const codeText = (code: Code): string => failureText({ ...NOTHING, code });
const NOTHING: Failure = {
  code: "unexpected",
  field: null,
  fields: [],
  wait_seconds: null,
  place: null,
  fault: null,
  handover: null,
};

/** A failure of which nothing more is known than its code. */
export const failureOf = (code: Code): Failure => ({ ...NOTHING, code });

/** What happened, where no box of this page is at fault. */
export const problemsOf = (failure: Failure): Problem[] => [
  {
    to: failure.code === "recovery_not_confirmed" ? at.setting("recovery") : undefined,
    text: failureText(failure),
  },
];

/** The shell's answer as problems: every field that is at fault, each told once, or what happened. */
export function failureProblems(failure: Failure, told: (fault: FieldFailure) => Problem): Problem[] {
  if (failure.fields.length === 0) return problemsOf(failure);
  const all = failure.fields.map(told);
  const same = (one: Problem, other: Problem) => one.field === other.field && one.text === other.text;
  return all.filter((one, index) => all.findIndex((other) => same(one, other)) === index);
}

/** The same in the words of a page, each with its box: the field's own name, or what `ids` says. */
export const formProblems = (
  failure: Failure,
  words: Section | readonly Section[],
  ids: Readonly<Record<string, string>> = {},
): Problem[] =>
  failureProblems(failure, (fault) => ({
    field: boxOf(fault.field, ids),
    text: sayings(fault, words),
  }));

/** The box of a field on this page. A part of a field (`birth.month`) is a box beside it; the day of three boxes has
    the field's own id. */
export function boxOf(field: string, ids: Readonly<Record<string, string>> = {}): string {
  const known = ids[field];
  if (known !== undefined) return known;
  const [base = field, part] = field.split(".");
  if (part === undefined) return field;
  const box = ids[base] ?? base;
  return part === "day" ? box : `${box}-${part}`;
}

/** What is wrong with a box, by its id. */
export type Told = (id: string) => string | undefined;

/** The words for one field, if something is wrong with it. */
export const problemAt = (problems: readonly Problem[], field: string): string | undefined =>
  problems.find((problem) => problem.field === field)?.text;

/** Shows something whole where there is room for it, from its first line where there is not: a box without its label,
    or a summary without its heading, is half a sentence. */
export function bringIntoView(shown: Element): void {
  const fits = shown.getBoundingClientRect().height < window.innerHeight / 2;
  shown.scrollIntoView({ block: fits ? "center" : "start" });
}

/** Focuses a field by id, wherever on the page it is. */
export function focusField(id: string): void {
  const field = document.getElementById(id);
  if (!field) return;
  bringIntoView(
    field.closest(".govuk-date-input")?.closest(".govuk-form-group") ??
      field.closest(".govuk-form-group") ??
      field,
  );
  field.focus({ preventScroll: true });
}

/** The same for something that is about to appear. */
export async function goTo(id: string): Promise<void> {
  await tick();
  focusField(id);
}
