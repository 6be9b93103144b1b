// An invented agency and its profile, for the page Your agency.
import type { AgencyPage, ProfilePreview, ProfileView } from "../src/lib/bindings";
import { at, type Answers } from "./fake";

const query = new URLSearchParams(location.search);

const profile: ProfileView = {
  name: "Madeup Community Health",
  serial: 3,
  issued: "2026-10-01",
  expires: query.has("expired") ? "2026-10-31" : "2027-09-30",
  stands: query.has("expired") ? "run_out" : "current",
  fingerprint: "9c41 77d0 b2e5 1f38 40aa c6d9 813e 52f7",
  encryption: "1f38 40aa c6d9 813e 52f7 9c41 77d0 b2e5",
  recovery: "813e 52f7 9c41 77d0 b2e5 1f38 40aa c6d9",
  people: [{ name: "Ada Mockford", post: "Named nurse", role: "lead" }],
  officer: "Designated officer, Fablewell",
  officer_phone: "0117 496 0103",
  front_doors: [
    {
      area: "Fablewell North",
      name: "First Response",
      phone: "0117 496 0101",
      email: "",
      days: ["monday", "tuesday", "wednesday", "thursday", "friday"],
      from: "08:45",
      to: "17:00",
      answered: false,
    },
    {
      area: "Fablewell North",
      name: "Emergency duty team",
      phone: "0117 496 0102",
      email: "",
      days: [],
      from: "",
      to: "",
      answered: true,
    },
  ],
  advisers: [],
  lock_minutes: 10,
  retention: [{ of: "family", years: 25, from: "birth", source: "Our records schedule" }],
  legal_hold: "",
  copies: { days: 90, source: "Our records schedule, part 4" },
  countersign: [{ of: "otherwise", by: "lead", within_working_days: 0 }],
  wanted: ["child_birth", "child_number"],
  overlay: "fablewell@2026-11",
  overlay_in_use: false,
};
const page: AgencyPage = query.has("noagency")
  ? { profile: null, taken_at: null, can_recover: false, own_fingerprint: "" }
  : {
      profile,
      taken_at: at(-86_400_000),
      can_recover: true,
      own_fingerprint: "52f7 9c41 77d0 b2e5 1f38 40aa c6d9 813e",
    };
const preview: ProfilePreview = {
  profile: { ...profile, serial: 4, lock_minutes: 5, officer: "" },
  before: page.profile,
  changed: page.profile ? ["officer", "lock_minutes"] : [],
  hash: "6f1d0c9a4be27735a8c05f1e92d4b6873c21aa90ee47d15b0f8896c3712d54ea",
  other_agency: query.has("other"),
  other_key: query.has("other"),
};

export const answers: Answers = {
  agency_page: () => page,
  preview_profile: () => preview,
  take_profile: () => page,
  agency_numbers: () => ({ new: query.has("noagency") ? 0 : 3, changed: 1, refused: 0 }),
  take_agency_numbers: () => ({ new: 3, changed: 1, refused: 0 }),
  ask_to_be_enrolled: () => null,
};
