// A person as typed into boxes, and as stored. Which number a nation gives its patients is said here once.
import type {
  BirthTyped,
  Identifier,
  IdentifierKind,
  Nation,
  Person,
  PersonInput,
  PersonRole,
  WithWhom,
} from "@/lib/bindings";
import { fromDay, typedDay } from "@/lib/dates";
import { t } from "@/lib/words";

export type PersonForm = {
  name: string;
  also: string[];
  role: string;
  birth: string;
  date: { day: string; month: string; year: string };
  years: string;
  number: string;
  /** That the health number was asked for and is not known. */
  number_unknown: boolean;
  upn: string;
  upn_unknown: boolean;
  /** Numbers of agencies, each with whose it is. */
  local: { value: string; issuer: string }[];
  address: string;
  phone: string;
  agency: string;
  language: string;
  needs: string;
  /** No fixed address, and how to reach them. */
  no_address: boolean;
  reach: string;
  /** Earlier names to be added to those that are kept and not shown, and whether those go. */
  earlier: string[];
  forget: boolean;
  name_used: WithWhom;
  pronouns: WithWhom;
  sex_registered: WithWhom;
};

const NUMBERS: Record<Nation, IdentifierKind> = {
  england: "nhs_number",
  wales: "nhs_number",
  scotland: "chi_number",
  northern_ireland: "hc_number",
};
/** The kind of health number of a nation. */
export const numberOf = (nation: Nation): IdentifierKind => NUMBERS[nation];

/** Whether schools of a nation give pupils a number of the form that is checked. */
export const hasUpn = (nation: Nation): boolean => nation === "england" || nation === "wales";

/** A number as it is read aloud: 999 041 2332. */
export const grouped = (identifier: Identifier): string =>
  identifier.value.replace(/^(\d{3})(\d{3})(\d{4})$/, "$1 $2 $3");

/** The numbers of a person by what each is called, with whose it is, and those that were asked for and are not known. */
export function numbersOf(person: Person): [string, string][] {
  const known = (person.identifiers ?? []).map((one): [string, string] => [
    one.issuer ? t("children.identifier_of", { issuer: one.issuer }) : t(`children.identifier.${one.kind}`),
    grouped(one),
  ]);
  const unknown = (person.unknown_numbers ?? []).map((kind): [string, string] => [
    t(`children.identifier.${kind}`),
    t("children.person.number_unknown_is"),
  ]);
  return [...known, ...unknown];
}

const nothing = (): WithWhom => ({ words: "", may_be_told: "" });

export const emptyPerson = (): PersonForm => ({
  name: "",
  also: [""],
  role: "",
  birth: "",
  date: fromDay(null),
  years: "",
  number: "",
  number_unknown: false,
  upn: "",
  upn_unknown: false,
  local: [{ value: "", issuer: "" }],
  address: "",
  phone: "",
  agency: "",
  language: "",
  needs: "",
  no_address: false,
  reach: "",
  earlier: [""],
  forget: false,
  name_used: nothing(),
  pronouns: nothing(),
  sex_registered: nothing(),
});

function numberIn(person: Person, kind: IdentifierKind): string {
  const known = person.identifiers?.find((one) => one.kind === kind);
  return known ? grouped(known) : "";
}

function localIn(person: Person): { value: string; issuer: string }[] {
  const known = (person.identifiers ?? []).filter((one) => one.kind === "agency");
  const local = known.map((one) => ({ value: one.value, issuer: one.issuer ?? "" }));
  return local.length > 0 ? local : [{ value: "", issuer: "" }];
}

/** A stored person as the boxes show them. */
export function fromPerson(person: Person, nation: Nation): PersonForm {
  const birth = person.birth;
  return {
    name: person.name,
    also: person.also_known_as?.length ? [...person.also_known_as] : [""],
    role: person.role,
    birth: birth.known,
    date: fromDay(birth.known === "born" || birth.known === "expected" ? birth.on : null),
    years: birth.known === "about" ? String(birth.years) : "",
    number: numberIn(person, numberOf(nation)),
    number_unknown: person.unknown_numbers?.includes(numberOf(nation)) ?? false,
    upn: numberIn(person, "upn"),
    upn_unknown: person.unknown_numbers?.includes("upn") ?? false,
    local: localIn(person),
    address: person.address ?? "",
    phone: person.phone ?? "",
    agency: person.agency ?? "",
    language: person.language ?? "",
    needs: person.needs ?? "",
    no_address: typeof person.no_fixed_address === "string",
    reach: person.no_fixed_address ?? "",
    earlier: [""],
    forget: false,
    name_used: { ...nothing(), ...person.care?.name_used },
    pronouns: { ...nothing(), ...person.care?.pronouns },
    sex_registered: { ...nothing(), ...person.care?.sex_registered },
  };
}

/** A birth as it stands in the boxes that are shown, for the shell to judge. */
function toBirth(form: PersonForm): BirthTyped | null {
  switch (form.birth) {
    case "born":
    case "expected":
      return { known: form.birth, on: typedDay(form.date) };
    case "about":
      return { known: "about", years: form.years };
    case "unknown":
      return { known: "unknown" };
    default:
      return null;
  }
}

/** The person as the shell takes them. Numbers of other kinds stay as they were. */
export function toPerson(
  form: PersonForm,
  role: PersonRole | null,
  nation: Nation,
  before?: Person,
): PersonInput {
  const kind = numberOf(nation);
  // Boxes that are not shown change nothing.
  const asked: IdentifierKind[] = [kind, "upn", "agency"];
  const others = (before?.identifiers ?? []).filter((one) => !asked.includes(one.kind));
  const own: Identifier[] = [
    ...(form.number ? [{ kind, value: form.number }] : []),
    ...(form.upn ? [{ kind: "upn" as const, value: form.upn }] : []),
    ...form.local.filter((one) => one.value).map((one) => ({ kind: "agency" as const, ...one })),
  ];
  const unknown = [
    ...(form.number_unknown ? [kind] : []),
    ...(form.upn_unknown ? ["upn" as const] : []),
    ...(before?.unknown_numbers ?? []).filter((one) => !asked.includes(one)),
  ];
  return {
    name: form.name,
    also_known_as: form.also,
    role,
    birth: toBirth(form),
    identifiers: [...own, ...others],
    unknown_numbers: unknown,
    address: form.address,
    phone: form.phone,
    agency: form.agency,
    language: form.language,
    needs: form.needs,
    no_fixed_address: form.no_address ? form.reach : null,
    care: {
      earlier_names: form.earlier,
      name_used: form.name_used,
      pronouns: form.pronouns,
      sex_registered: form.sex_registered,
    },
    forget_earlier_names: form.forget,
    another: [],
  };
}

/** The boxes for the shell's names of fields. */
export const PERSON_IDS: Readonly<Record<string, string>> = {
  also_known_as: "also",
  identifiers: "number",
  no_fixed_address: "reach",
  earlier_names: "earlier",
  "birth.day": "date",
  "birth.month": "date-month",
  "birth.year": "date-year",
  "birth.years": "years",
};
