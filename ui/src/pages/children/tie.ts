// A tie as typed into boxes, and as the shell takes it.
import type { TieInput } from "@/lib/bindings";
import { oneOf, yesOrNo } from "@/lib/choose";
import { RESPONSIBILITY, TIES } from "@/lib/closed_sets";

export type TieForm = { kind: string; to: string; responsibility: string; home: string; note: string };

export const emptyTie = (to = ""): TieForm => ({ kind: "", to, responsibility: "", home: "", note: "" });

/** The boxes for the shell's names of fields. */
export const TIE_IDS = { parental_responsibility: "responsibility", same_home: "home" } as const;

/** Whether a home and parental responsibility are asked about: not of somebody who is there to work. */
export const asked = (form: TieForm): boolean => form.kind !== "professional";

/** The tie as the shell takes it. What is not asked is not sent, whatever was chosen before. That it is not known
    whether they share a home, is neither yes nor no. */
export const toTie = (form: TieForm): TieInput => ({
  to: form.to || null,
  kind: oneOf(TIES, form.kind),
  parental_responsibility: asked(form) ? oneOf(RESPONSIBILITY, form.responsibility) : null,
  same_home: asked(form) ? yesOrNo(form.home) : null,
  note: form.note,
});
