// A visit as typed into boxes, and as the shell takes it: what its lines have in common, and the lines.
import type { LineInput, PersonView, VisitHead } from "@/lib/bindings";
import { oneOf } from "@/lib/choose";
import { MARKS, SOURCES } from "@/lib/closed_sets";
import { fromTyped, noWhen, toWhen, type When } from "./when";

export type Line = { mark: string; text: string; by: string; about: string[] };
export type VisitForm = {
  when: When;
  source: string;
  place: string;
  there: string[];
  others: string;
  /** The children who were seen alone, or that nobody was. */
  alone: string[];
};

/** Stands among the children for that none of them was seen alone. */
export const NOBODY = "nobody";

export const emptyLine = (): Line => ({ mark: "", text: "", by: "", about: [] });

/** A visit it is until something else is chosen; nothing else is chosen beforehand. */
export const emptyVisit = (): VisitForm => ({
  when: noWhen(),
  source: "visit",
  place: "",
  there: [],
  others: "",
  alone: [],
});

/** The children who were there: of them it is asked whether they were seen alone. */
export const childrenThere = (form: VisitForm, people: readonly PersonView[]): PersonView[] =>
  people.filter(({ person }) => person.role === "child" && form.there.includes(person.id));

export const fromHead = (head: VisitHead): VisitForm => ({
  when: head.occurred ? fromTyped(head.occurred) : noWhen(),
  source: head.source ?? "",
  place: head.place,
  there: head.there,
  others: head.others,
  alone: head.alone?.length === 0 ? [NOBODY] : (head.alone ?? []),
});

export const toHead = (form: VisitForm): VisitHead => ({
  occurred: toWhen(form.when),
  source: oneOf(SOURCES, form.source),
  place: form.place,
  there: form.there,
  others: form.others,
  alone:
    form.alone.length === 0 ? null : form.alone.filter((one) => one !== NOBODY && form.there.includes(one)),
});

export const toLine = ({ mark, text, by, about }: Line): LineInput => ({
  mark: oneOf(MARKS, mark),
  text,
  by,
  about,
});
