// Invented people of a directory, and a text for the front door’s form, for drawing.
import type { Contact, ListRow } from "../src/lib/bindings";
import type { Answers } from "./fake";

const orla: Contact = {
  id: "contact-orla",
  name: "Ms Orla Sampleford",
  role: "school",
  agency: "Fablewell Primary",
  phone: "01632 960311",
  verified: { by: "Nia Exampleton", how: "rang the switchboard", source: "", on: "2026-03-02", until: null },
  changed_since: false,
};

const read = { post_unknown: false, before: null, fault: null, fields: [] };
const ROWS: ListRow[] = [
  { ...read, row: 2, state: "new", contact: { ...orla, verified: null }, post_unknown: true },
  { ...read, row: 3, state: "changed", contact: { ...orla, phone: "01632 960312" }, before: orla },
  { ...read, row: 4, state: "faulty", contact: null, fault: "formula" },
  {
    ...read,
    row: 5,
    state: "faulty",
    contact: { ...orla, phone: "" },
    fields: [{ field: "phone", code: "number_short", length: null }],
  },
];

const TITLES: Record<string, string> = {
  child: "Who the child is",
  facts: "What was seen",
  call: "What was said in the call",
  why: "Why we share it",
  ask: "What we ask of you",
};
const LINES: Record<string, string> = {
  child: "Ayla Sampleton, born 4 June 2019, 7 years old",
  facts: "A burn on her left hand, the size of a coin.",
  why: "It cannot wait.",
  ask: "Please tell us what you decide, and why.",
};
export const answers: Answers = {
  directory: () => ({ own: [], lines: [{ contact: orla, state: "verified", fingerprint: "" }], in_all: 1 }),
  contact: () => ({ contact: orla, state: "verified", fingerprint: "" }),
  suggest_contacts: () => [],
  add_contact: () => orla.id,
  change_contact: () => null,
  remove_contact: () => null,
  look_at_list: ({ state }) => ({
    refused: null,
    hash: "0".repeat(64),
    unread: ["Fax"],
    counts: { faulty: 2, changed: 1, new: 1, same: 3, twice: 0 },
    rows: ROWS.filter((row) => row.state === state),
    most: 1000,
  }),
  take_list: () => ({ refused: null, added: 1, changed: 0, left: 0 }),
  referral: ({ duty: id }) => ({
    duty: {
      id: id as string,
      duty: "confirm_in_writing",
      title: "",
      hint: "",
      case: "case-ayla",
      restricted: null,
      child: "Ayla Sampleton",
      decision: "decision-1",
      emergency: null,
      due: null,
      overdue: false,
      state: "outstanding",
      note: "",
    },
    case: "case-ayla",
    flags: [],
    to: "Northmere front door",
    reach: "01632 960203",
    sections: ["child", "facts", "call", "why", "ask"].map((part) => ({
      part,
      title: TITLES[part],
      text: "",
      lines: part === "call" ? [] : [{ item: null, mark: null, text: LINES[part], speaker: "", when: "" }],
    })),
    notes: { held: 40, goes: 7, nameless: 1, stays: 32, open: 0 },
    chosen: true,
    call: "o0",
    leftovers: [],
    protects: false,
  }),
  copy_section: () => true,
  sent_referral: () => null,
  save_referral_pdf: () => null,
};
