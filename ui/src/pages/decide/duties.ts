// A duty in words, and the cards in the order in which they stand: the pack's own words, or the catalogue's where no
// pack speaks.
import type { CardView, Code, Duty, ObligationView } from "@/lib/bindings";
import { t } from "@/lib/words";

export const titleOf = (duty: { title: string; duty: Duty }): string =>
  duty.title || t(`outcome.duty.${duty.duty}`);

/** What a closed duty does not say yet: whom was reached, or why it is not needed. */
export const unsaidOf = (duty: ObligationView, code: Code): string =>
  t(code === "missing" ? "signoff.need_duty_words" : "signoff.need_duty", { duty: titleOf(duty) });

/** What a card is called. */
export const nameOf = (card: CardView): string =>
  card.calls ? t("card.calls") : t(`card.name.${card.card}`);

export type Sorted = { today: CardView[]; later: CardView[]; closed: CardView[] };

/** Cards at full size, small ones and, with `apart`, those on which everything has its end. */
export function sorted(cards: readonly CardView[], apart: boolean): Sorted {
  const all: Sorted = { today: [], later: [], closed: [] };
  for (const card of cards) {
    if (apart && !card.open && card.lines.length > 0) all.closed.push(card);
    else if (card.today) all.today.push(card);
    else all.later.push(card);
  }
  return all;
}
