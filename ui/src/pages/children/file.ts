// A file's people as the pages show them: who is who, ties in words.
import type { FileHead, PersonId, PersonView, TieView } from "@/lib/bindings";
import { told } from "@/lib/telling";
import { locale, t } from "@/lib/words";

/** What a file and its head both say of the people. */
export type People = Pick<FileHead, "case" | "child" | "telling" | "people" | "ties" | "restricted">;

/** Everybody in the file, the child first. */
export const everyone = (view: People): PersonView[] => [view.child, ...view.people];

/** People to choose from. */
export const named = (people: readonly PersonView[]): { value: string; label: string }[] =>
  people.map(({ person }) => ({ value: person.id, label: person.name }));

export const nameOf = (view: People, id: PersonId): string =>
  everyone(view).find((one) => one.person.id === id)?.person.name ?? t("children.somebody");

/** Whether a person's details, ties and flags are changed in this file. In a restricted file, those of the people of
    the child's file are changed there. */
export const changedHere = (view: People, id: PersonId): boolean =>
  !(view.restricted?.of_childs_file.includes(id) ?? false);

/** By what name a file goes above its pages: the child's; before it, the number of a restricted file. */
export const fileName = (view: People): string =>
  view.restricted
    ? t("restricted.caption", { number: view.restricted.number, child: view.child.person.name })
    : told(view.child.person.name, view.telling);

/** The letters in the round sign beside a name. */
export const initials = (name: string): string =>
  name
    .split(/\s+/)
    .filter(Boolean)
    .map((part) => Array.from(part)[0] ?? "")
    .filter((_, at, all) => at === 0 || at === all.length - 1)
    .join("")
    .toLocaleUpperCase(locale());

/** The same with a capital at the start. */
export const capital = (text: string): string => text.charAt(0).toLocaleUpperCase(locale()) + text.slice(1);

/** Mother of Ayla Sampleton */
export const tieText = (view: People, tie: TieView): string =>
  t("children.tie_of", { tie: capital(t(`children.tie.${tie.kind}`)), name: nameOf(view, tie.to) });
