// A call in words: how its number was found, and how it ended.
import type { CallEnd, RungView } from "@/lib/bindings";
import { oneOf } from "@/lib/choose";
import { NUMBERS_FOUND } from "@/lib/closed_sets";
import { day } from "@/lib/dates";
import { t } from "@/lib/words";

/** How the number that stands there was found. */
export function foundIn(rung: RungView, typed: { number: string; found: string }): string {
  const chosen = oneOf(NUMBERS_FOUND, typed.found);
  if (chosen) return t(`call.found_by.${chosen}`);
  if (typed.number !== rung.number) return t("call.found_by.not_said");
  const found = t(`call.found_by.${rung.found}`);
  if (!rung.state || rung.state === "unverified") return found;
  const sure = t(`directory.state.${rung.state}`, { day: rung.verified_on ? day(rung.verified_on) : "" });
  return [found, sure].join(". ");
}

/** What came of a call. */
export function endOf(end: CallEnd): string {
  switch (end.end) {
    case "told":
      return t("call.end.told", { who: [end.who, end.job].filter(Boolean).join(", ") });
    case "no_answer":
      return t("call.end.no_answer");
    case "still_trying":
      return t(`call.end.${end.why}`);
    case "refused":
      return t("call.end.refused", { who: [end.who_decides, end.by_when].filter(Boolean).join(", ") });
  }
}
