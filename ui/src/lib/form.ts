// What is wrong with a form, in words, tied to the field it belongs to.
import { tick } from "svelte";
import type { Code, Failure } from "./bindings";
import { t, type Key } from "./words";

/** One thing to put right. `field` is the id of the field on this page, where there is one; `to` is the
    address of the page that holds it, where that is another one. */
export type Problem = { field?: string | undefined; to?: string | undefined; text: string };

/** What happened and what to do next, as one text. */
export function failureText(failure: Failure): string {
  const values = { seconds: failure.wait_seconds ?? 0, place: failure.place ?? "" };
  const code: Code = failure.code;
  const said = t(`errors.${code}.said`, values);
  const next = t(`errors.${code}.next`, values);
  return `${said} ${next}`;
}

/** The shell's answer as problems. `fields` ties the shell's name of a field to its id and, where the
    field has words of its own for being empty, to those. */
export function problemsOf(
  failure: Failure,
  fields: Record<string, string | { id: string; missing: Key }> = {},
): Problem[] {
  const field = failure.field === null ? undefined : fields[failure.field];
  if (field === undefined) return [{ text: failureText(failure) }];
  if (typeof field === "string") return [{ field, text: failureText(failure) }];
  return [{ field: field.id, text: failure.code === "missing" ? t(field.missing) : failureText(failure) }];
}

/** The words for one field, if something is wrong with it. */
export const problemAt = (problems: readonly Problem[], field: string): string | undefined =>
  problems.find((problem) => problem.field === field)?.text;

/** Focuses a field by id, wherever on the page it is. */
export function focusField(id: string): void {
  const field = document.getElementById(id);
  field?.scrollIntoView({ block: "center" });
  field?.focus();
}

/** The same for something that is about to appear. */
export async function goTo(id: string): Promise<void> {
  await tick();
  focusField(id);
}
