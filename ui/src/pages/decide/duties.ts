// A duty in words and in its place: the pack's own words, or the catalogue's where no pack speaks.
import type { Code, Duty, Moment, ObligationView } from "@/lib/bindings";
import { daysUntil } from "@/lib/dates";
import { t } from "@/lib/words";

export const titleOf = (duty: { title: string; duty: Duty }): string =>
  duty.title || t(`outcome.duty.${duty.duty}`);

/** What a closed duty does not say yet: whom was reached, or why it is not needed. */
export const unsaidOf = (duty: ObligationView, code: Code): string =>
  t(code === "missing" ? "signoff.need_duty_words" : "signoff.need_duty", { duty: titleOf(duty) });

export type Groups = {
  now: ObligationView[];
  undated: ObligationView[];
  later: ObligationView[];
  closed: ObligationView[];
};

/** Duties in the order of doing, each group in the pack's order. With `apart`, closed ones stand last. */
export function inOrder(
  duties: readonly ObligationView[],
  apart: boolean,
  now: Moment | Date = new Date(),
): Groups {
  const groups: Groups = { now: [], undated: [], later: [], closed: [] };
  for (const duty of duties) {
    if (apart && duty.state !== "outstanding") groups.closed.push(duty);
    else if (duty.with_act || (duty.due !== null && daysUntil(duty.due, now) <= 0)) groups.now.push(duty);
    else if (duty.due === null) groups.undated.push(duty);
    else groups.later.push(duty);
  }
  return groups;
}
