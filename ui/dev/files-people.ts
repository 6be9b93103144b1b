// Invented people and ties, as a file holds them.
import type { FlagView, PersonRole, PersonView, RelationshipKind, TieView } from "../src/lib/bindings";

export const person = (
  id: string,
  name: string,
  role: PersonRole,
  more: Partial<PersonView["person"]> = {},
  flags: FlagView[] = [],
  age: number | null = null,
): PersonView => ({
  person: { id, name, role, birth: { known: "unknown" }, ...more },
  age,
  number_differs: false,
  flags,
  beside_name: flags.map((one) => one.flag.kind),
  amendments: 0,
  at_home: [],
  earlier_names: 0,
});

export const tie = (
  from: string,
  to: string,
  kind: RelationshipKind,
  more: Partial<TieView> = {},
): TieView => ({
  id: `tie-${from}-${to}`,
  from,
  to,
  kind,
  parental_responsibility: "does_not_hold",
  same_home: false,
  note: "",
  ...more,
});
