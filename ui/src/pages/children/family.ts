// Who stands where in the picture of a family, worked out from the ties. It draws; it judges nothing.
import type { ChildFileView, PersonView, RelationshipKind, TieView } from "@/lib/bindings";
import { age } from "@/lib/dates";
import { t } from "@/lib/words";
import { capital, everyone } from "./file";

const UP: Partial<Record<RelationshipKind, number>> = {
  mother: 1,
  father: 1,
  parent: 1,
  step_parent: 1,
  adoptive_parent: 1,
  partner_of_parent: 1,
  foster_carer: 1,
  kinship_carer: 1,
  special_guardian: 1,
  carer: 1,
  grandparent: 2,
  great_grandparent: 3,
  sibling: 0,
  half_sibling: 0,
  step_sibling: 0,
};
const BESIDE: readonly RelationshipKind[] = ["sibling", "half_sibling", "step_sibling"];
const PARTNERS: readonly RelationshipKind[] = ["partner", "former_partner"];
const IN_A_ROW = 2;
const NOTE_FITS = 46;

const isPartner = (tie: TieView) => PARTNERS.includes(tie.kind);
const called = (person: PersonView | undefined) => person?.person.name.split(" ")[0] ?? "";

/** How a person is tied to the child, or to somebody else where they are not tied to the child. */
function tieWords(file: ChildFileView, id: string): string {
  const child = file.child.person.id;
  const own = file.ties.filter((tie) => tie.from === id || tie.to === id);
  const tie =
    own.find((one) => one.from === id && one.to === child) ?? own.find((one) => one.from === id) ?? own[0];
  if (!tie) return t(`children.role.${roleOf(file, id)}`);
  const word = t(`children.tie.${tie.kind}`);
  const other = tie.from === id ? tie.to : tie.from;
  if (tie.from === id && other === child) return capital(word);
  const name = called(everyone(file).find((one) => one.person.id === other));
  return tie.from === id
    ? capital(t("file.tie_of", { tie: word, name }))
    : capital(t("file.tie_whose", { tie: word, name }));
}

const roleOf = (file: ChildFileView, id: string) =>
  everyone(file).find((one) => one.person.id === id)?.person.role ?? "other_adult";

/** What is known of parental responsibility for the child; none where no tie says. */
export const responsibility = (file: ChildFileView, id: string) =>
  file.ties.find((tie) => tie.from === id && tie.to === file.child.person.id)?.parental_responsibility;

/** Whom it is told of: nobody asks whether a brother holds it. */
const adult = (one: PersonView): boolean => one.person.role !== "child" && one.person.role !== "practitioner";

const sharesHome = (file: ChildFileView, id: string): boolean =>
  file.ties.some(
    (tie) =>
      tie.same_home === true &&
      ((tie.from === id && tie.to === file.child.person.id) ||
        (tie.to === id && tie.from === file.child.person.id)),
  );

/** How many generations above the child each person stands; nobody who is not family. */
function generations(file: ChildFileView): Map<string, number> {
  const rank = new Map<string, number>([[file.child.person.id, 0]]);
  const queue = [file.child.person.id];
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    const here = rank.get(at) ?? 0;
    for (const tie of file.ties) {
      if (tie.from !== at && tie.to !== at) continue;
      const other = tie.from === at ? tie.to : tie.from;
      if (rank.has(other)) continue;
      const up = UP[tie.kind];
      if (up !== undefined) rank.set(other, tie.to === at ? here + up : here - up);
      else if (isPartner(tie)) rank.set(other, here > 0 ? here + 1 : here);
      else continue;
      queue.push(other);
    }
  }
  return rank;
}

/** The picture: rows from the eldest down, at most two side by side so that names stay readable. */
export function familyOf(file: ChildFileView) {
  const rank = generations(file);
  const known = everyone(file).filter((one) => rank.has(one.person.id));
  const order = (id: string) => {
    const tied = file.ties.find((tie) => tie.from === id || tie.to === id);
    return tied ? known.findIndex((one) => one.person.id === (tied.from === id ? tied.to : tied.from)) : 0;
  };
  const ranks = [...new Set(rank.values())].sort((a, b) => b - a);
  const rows = ranks.flatMap((one) => {
    const here = known
      .filter((person) => rank.get(person.person.id) === one)
      .sort((a, b) => (one > 1 ? order(a.person.id) - order(b.person.id) : 0));
    const cut: PersonView[][] = [];
    for (let from = 0; from < here.length; from += IN_A_ROW) cut.push(here.slice(from, from + IN_A_ROW));
    return cut;
  });
  const rowOf = (id: string) => rows.findIndex((row) => row.some((one) => one.person.id === id));
  const lines = file.ties
    .filter((tie) => rank.has(tie.from) && rank.has(tie.to) && !BESIDE.includes(tie.kind))
    .filter((tie) => Math.abs(rowOf(tie.from) - rowOf(tie.to)) <= 1)
    .map((tie) => ({ from: tie.from, to: tie.to, dashed: isPartner(tie) }));
  return {
    rows: rows.map((row) =>
      row.map((one) => ({
        id: one.person.id,
        name: one.person.name,
        note: noteOf(file, one),
        responsibility: adult(one) ? responsibility(file, one.person.id) : undefined,
        self: one.person.id === file.child.person.id,
        flags: one.beside_name.map((kind) => t(`children.flag.short.${kind}`)),
      })),
    ),
    lines,
  };
}

function noteOf(file: ChildFileView, one: PersonView): string {
  const id = one.person.id;
  const years = age(one.person.birth, one.age);
  if (id === file.child.person.id) return t("file.this_child", { age: capital(years) });
  const parts = [tieWords(file, id)];
  if (one.person.role === "child" && one.person.birth.known !== "unknown") parts.push(years);
  if (sharesHome(file, id)) parts.push(t("file.same_home"));
  return fitting(parts);
}

/** As many parts as fit into a box of the picture; the list says them all. */
function fitting(parts: readonly string[]): string {
  let text = parts[0] ?? "";
  for (const part of parts.slice(1))
    if (text.length + part.length + 2 <= NOTE_FITS) text = `${text}, ${part}`;
  return text;
}

/** What the list says of a person, in one line. */
export function lineOf(file: ChildFileView, one: PersonView): string {
  const id = one.person.id;
  const pr = responsibility(file, id);
  const parts = [tieWords(file, id)];
  if (one.person.role === "child" && one.person.birth.known !== "unknown")
    parts.push(age(one.person.birth, one.age));
  if (one.person.agency) parts.push(one.person.agency);
  if (sharesHome(file, id)) parts.push(t("file.same_home"));
  if (pr !== undefined && pr !== "holds" && one.person.role !== "practitioner" && one.person.role !== "child")
    parts.push(t(`file.pr.${pr}`));
  return parts.join(", ");
}
