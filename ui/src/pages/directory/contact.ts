// A contact as the boxes of its form show it, and what of it is said beside a name.
import type { Contact, ContactInput, ContactRole, Nation, Suggestion } from "@/lib/bindings";
import { oneOf, yesOrNo } from "@/lib/choose";
import { CONTACT_ROLES } from "@/lib/closed_sets";
import { day, fromDay, typedDay, type Boxes } from "@/lib/dates";
import { session } from "@/lib/session.svelte";
import { t, tOr } from "@/lib/words";

/** Whether and how somebody made sure, as the boxes show it. */
export type VerifiedForm = {
  is_verified: string;
  verified_by: string;
  verified_how: string;
  verified_source: string;
  verified_on: Boxes;
  verified_until: Boxes;
};

export type ContactForm = VerifiedForm & {
  name: string;
  role: string;
  agency: string;
  phone: string;
  out_of_hours: string;
  email: string;
  address: string;
  safe_channel: string;
  key: string;
};

export const noContact = (): ContactForm => ({
  name: "",
  role: "",
  agency: "",
  phone: "",
  out_of_hours: "",
  email: "",
  address: "",
  safe_channel: "",
  key: "",
  is_verified: "",
  verified_by: "",
  verified_how: "",
  verified_source: "",
  verified_on: fromDay(null),
  verified_until: fromDay(null),
});

export function fromContact(contact: Contact): ContactForm {
  const { name, role, verified } = contact;
  return {
    ...noContact(),
    name,
    role,
    agency: contact.agency ?? "",
    phone: contact.phone ?? "",
    out_of_hours: contact.out_of_hours ?? "",
    email: contact.email ?? "",
    address: contact.address ?? "",
    safe_channel: contact.safe_channel ?? "",
    key: contact.key ?? "",
    is_verified: verified ? "yes" : "no",
    verified_by: verified?.by ?? "",
    verified_how: verified?.how ?? "",
    verified_source: verified?.source ?? "",
    verified_on: fromDay(verified?.on ?? null),
    verified_until: fromDay(verified?.until ?? null),
  };
}

export const toContact = (form: ContactForm): ContactInput => ({
  ...form,
  role: oneOf(CONTACT_ROLES, form.role),
  is_verified: yesOrNo(form.is_verified),
  verified_on: typedDay(form.verified_on),
  verified_until: typedDay(form.verified_until),
});

/** What a contact is called in the practitioner's nation. */
export function roleName(role: ContactRole): string {
  const nation: Nation = session.view?.practitioner?.nation ?? "england";
  const here = `${nation}.${role}`;
  return tOr(`directory.role_of.${here}`, `directory.role.${role}`);
}

export const roles = (): { value: ContactRole; label: string }[] =>
  CONTACT_ROLES.map((value) => ({ value, label: roleName(value) }));

const FIELDS = [
  "name",
  "agency",
  "phone",
  "out_of_hours",
  "email",
  "address",
  "safe_channel",
  "key",
] as const;

/** What a field of a contact is called on its form. */
export function fieldName(field: string): string {
  const known = FIELDS.find((one) => one === field);
  return known ? t(`directory.${known}`) : field;
}

/** The post and the agency as one line. */
export const post = (one: { role: ContactRole; agency?: string }): string =>
  one.agency ? t("directory.post", { role: roleName(one.role), agency: one.agency }) : roleName(one.role);

/** The name; what they are, where there is none. */
export const called = (one: { name: string; role: ContactRole }): string => one.name || roleName(one.role);

type Known = Pick<Suggestion, "contact" | "state" | "verified_on" | "source">;

/** How far the numbers can be relied on, in words. */
export function sureness(one: Known): string {
  if (!one.contact) return t("directory.own_details");
  const on = one.verified_on ? day(one.verified_on) : "";
  if (one.state === "verified" && one.source)
    return t("directory.state.verified_from", { day: on, source: one.source });
  return t(`directory.state.${one.state}`, { day: on });
}

/** The number for the box in which somebody notes how to reach them, with where it was found. */
export const reach = (one: Suggestion): string =>
  one.source
    ? t("directory.reach", { number: one.phone || one.out_of_hours, source: one.source })
    : one.phone || one.out_of_hours;
