// The doors of a decision, as the pages show them.
import type { DecisionLine, DecisionView, WayIn } from "@/lib/bindings";
import { t } from "@/lib/words";
import type { IconName } from "@/parts/icons";

export const SIGN: Readonly<Record<WayIn, IconName>> = {
  worried: "child",
  "works-with-children": "badge",
  request: "request",
  "risky-adult": "people",
  service: "heart",
  "changed-mind": "undo",
  moves: "moves",
  numbers: "chart",
};

/** What a door is called. A child that is chosen moves by name. */
export const doorLabel = (door: WayIn, child = ""): string =>
  door === "moves" && child
    ? t("decide.doors.moves.label_named", { child })
    : t(`decide.doors.${door}.label`);

/** What brought a decision about: its door, where it came of no earlier decision. */
export const broughtBy = (one: Pick<DecisionLine | DecisionView, "trigger" | "door">): string =>
  one.door && one.trigger === "worry" ? doorLabel(one.door) : t(`decision.triggers.${one.trigger}`);
