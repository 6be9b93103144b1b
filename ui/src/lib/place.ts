// Where a decision stands, as an address.
import { at } from "./addresses";
import type { Place } from "./bindings";

export function addressOf(place: Place): string {
  if (place.at === "question") return at.question(place.question.decision, place.question.step.id);
  if (place.at === "outcome") return at.outcome(place.outcome.decision);
  return at.decision(place.id);
}
