// Consent as pages show it: what a thing is called, and what stands where.
import type { ConsentGiverLine, ConsentPage, ConsentState, ConsentThing, ConsentWhat } from "@/lib/bindings";
import { day as dayText } from "@/lib/dates";
import { t } from "@/lib/words";

/** A kind, or a note in its own words. */
export const whatText = (what: ConsentWhat): string =>
  what.thing.thing === "kind" ? t(`consent.info.${what.thing.kind}`) : what.text;

/** By which a thing is told from others on a page. */
export const thingKey = (thing: ConsentThing): string => (thing.thing === "kind" ? thing.kind : thing.item);

/** What one person said, in a line. */
export function saidBy(one: ConsentGiverLine): string {
  const state = t(`consent.state.${one.state}`);
  const name = one.name || t("consent.nobody");
  if (one.name && !one.counts) return t("consent.counts_not", { name, state });
  return one.until
    ? t("consent.said_until", { name, state, day: dayText(one.until) })
    : t("consent.said_by", { name, state });
}

/** How a state is marked: a sign beside its word, the same in one colour. */
export const signOf = (state: ConsentState): string =>
  state === "given"
    ? "yes"
    : state === "refused" || state === "not_this_one" || state === "withdrawn"
      ? "no"
      : "open";

/** The people who may be owed a confidence or answer, to choose from. */
export const peopleOf = (page: ConsentPage): { value: string; label: string; hint?: string }[] =>
  page.people.map((one) => ({
    value: one.person,
    label: one.name,
    ...(one.careful.length > 0 ? { hint: one.careful.join(" ") } : {}),
  }));
