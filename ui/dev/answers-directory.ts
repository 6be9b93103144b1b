// Invented people of a directory, and a text for the front door’s form, for drawing.
import type { Contact } from "../src/lib/bindings";
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

export const answers: Answers = {
  directory: () => ({ own: [], lines: [{ contact: orla, state: "verified" }], in_all: 1 }),
  contact: () => ({ contact: orla, state: "verified" }),
  suggest_contacts: () => [],
  add_contact: () => orla.id,
  change_contact: () => null,
  remove_contact: () => null,
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
    to: "",
    reach: "",
    sections: [],
    leftovers: [],
    protects: false,
  }),
  copy_section: () => true,
  sent_referral: () => null,
  save_referral_pdf: () => null,
};
