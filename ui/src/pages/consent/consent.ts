// Consent as pages show it: what a thing is called, and what stands where.
import type {
  ConsentGiverLine,
  ConsentPage,
  ConsentState,
  ConsentThing,
  ConsentWhat,
  GiverKind,
  GiverSaid,
  GiversView,
  MayConsent,
} from "@/lib/bindings";
import { day as dayText } from "@/lib/dates";
import { listed, t } from "@/lib/words";

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

/** Whether an answer counts, and who else is asked. */
export const mayText = (may: MayConsent, also: readonly GiverKind[]): string =>
  may === "may_with"
    ? t("consent.may.may_with", { also: listed(also.map((one) => t(`consent.stands_as.${one}`))) })
    : t(`consent.may.${may}`);

/** What the rules say of somebody, in a line. */
export const saidOf = (said: GiverSaid): string =>
  said.may === null
    ? t("consent.said_of", { what: t(`consent.stands_as.${said.stands_as}`) })
    : t("consent.may_plain", { may: mayText(said.may, said.also), why: said.why });

/** The people of the file who may be asked, as the file has them: with what the rules say, and why asking may be unsafe. */
export function offeredOf(
  page: ConsentPage,
  view: GiversView | undefined,
): { value: string; label: string; hint?: string }[] {
  return (view?.people ?? []).map((one) => {
    const careful = page.people.find((other) => other.person === one.person)?.careful ?? [];
    const said = one.said;
    const what = said && t(`consent.stands_as.${said.stands_as}`);
    const rule =
      said?.may && what
        ? t("consent.may_line", { what, may: mayText(said.may, said.also), why: said.why })
        : (what ?? "");
    const known = one.note ? t("consent.how_known", { note: one.note }) : "";
    const hint = [rule, known, ...careful].filter(Boolean).join(" ");
    return { value: one.person, label: one.name, ...(hint ? { hint } : {}) };
  });
}
