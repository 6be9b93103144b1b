// A tie as typed into boxes, and as stored.
import type { TieInput } from "@/lib/bindings";
import { RESPONSIBILITY, TIES } from "@/lib/closed_sets";
import type { Problem } from "@/lib/form";
import { t } from "@/lib/words";

export type TieForm = { kind: string; to: string; responsibility: string; home: string; note: string };

export const emptyTie = (to = ""): TieForm => ({ kind: "", to, responsibility: "", home: "", note: "" });

/** Whether a home and parental responsibility are asked about: not of somebody who is there to work. */
export const asked = (form: TieForm): boolean => form.kind !== "professional";

/** What is not chosen yet. */
export const tieProblems = (form: TieForm): Problem[] => [
  ...(form.kind ? [] : [{ field: "kind", text: t("children.tie_form.need_kind") }]),
  ...(form.to ? [] : [{ field: "to", text: t("children.tie_form.need_to") }]),
  ...(form.responsibility || !asked(form)
    ? []
    : [{ field: "responsibility", text: t("children.tie_form.need_responsibility") }]),
  ...(form.home || !asked(form) ? [] : [{ field: "home", text: t("children.tie_form.need_home") }]),
];

/** The tie as the shell takes it; none while something is not chosen. */
export function toTie(form: TieForm): TieInput | null {
  const kind = TIES.find((one) => one === form.kind);
  const responsibility = asked(form)
    ? RESPONSIBILITY.find((one) => one === form.responsibility)
    : "not_known";
  if (!kind || !responsibility || !form.to) return null;
  return {
    to: form.to,
    kind,
    parental_responsibility: responsibility,
    same_home: asked(form) && form.home === "yes",
    note: form.note,
  };
}
