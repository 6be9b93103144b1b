// Invented guidance packs, for the page Guidance.
import type { ChangesView, GuidancePage, NationGuidance, PackPreview, PackView } from "../src/lib/bindings";
import type { Answers } from "./fake";

const query = new URLSearchParams(location.search);
const none: ChangesView = { added: [], removed: [], changed: [] };

const england: PackView = {
  name: "england@2024-05",
  version: "2024-05",
  hash: "6f1d0c9a4be27735a8c05f1e92d4b6873c21aa90ee47d15b0f8896c3712d54ea",
  title: "England, information sharing advice of 2024",
  lineage: "Put together by Sharewell from the paragraphs named at each question; no official chart exists.",
  applies_from: "2024-04-19",
  applies_until: query.has("expired") ? "2026-02-28" : null,
  expired: query.has("expired"),
  supersedes: "england@2018-07",
  trust: "built_in",
  signer: null,
  installed_at: null,
  sources: { original: 3, secondary: 9, local: 0, unconfirmed: 2 },
  steps: 52,
  outcomes: 14,
  holidays_until: "2028-12-31",
  holidays_end: false,
};
const earlier: PackView = {
  ...england,
  name: "england@2015-03",
  version: "2015-03",
  hash: "11aa0c9a4be27735a8c05f1e92d4b6873c21aa90ee47d15b0f8896c3712d54ea",
  title: "England, information sharing advice of 2015",
  applies_from: "2015-03-26",
  applies_until: "2018-07-03",
  expired: true,
  supersedes: null,
  sources: { original: 1, secondary: 2, local: 0, unconfirmed: 0 },
};
const newer: PackView = {
  ...england,
  name: "england@2027-01",
  version: "2027-01",
  hash: "e2d40c9a4be27735a8c05f1e92d4b6873c21aa90ee47d15b0f8896c3712d5401",
  supersedes: "england@2024-05",
  applies_until: null,
  expired: false,
  trust: "publisher",
  signer: "9c41 77d0 b2e5 1f38 40aa c6d9 813e 52f7",
  installed_at: new Date().toISOString(),
};
const nation = (more: Partial<NationGuidance>): NationGuidance => ({
  nation: "england",
  own: true,
  current: england,
  others: [earlier],
  overlays: [],
  removed: [],
  unreadable: [],
  ...more,
});
const wales = nation({
  nation: "wales",
  own: false,
  current: { ...england, name: "wales@2026-04", title: "Wales, safeguarding procedures", supersedes: null },
  others: [],
});
const publishers = ["9c41 77d0 b2e5 1f38 40aa c6d9 813e 52f7"];
let page: GuidancePage = { nations: [nation({}), wales], publishers, agencies: [] };

const preview: PackPreview = {
  what: "pack",
  nation: "england",
  name: newer.name,
  hash: newer.hash,
  title: newer.title,
  lineage: newer.lineage,
  applies_from: "2027-01-04",
  applies_until: null,
  signer: publishers[0] ?? "",
  compared_with: england.name,
  paths: 6132,
  sources: newer.sources,
  confirms: [],
  change: {
    steps: {
      added: ["Does the new duty to report apply to you?"],
      removed: [],
      changed: [
        {
          text: "Do you suspect that {child} is suffering, or likely to suffer, significant harm?",
          sides: [
            {
              what: "wording",
              before: [{ is: "text", text: "Do you suspect significant harm to {child}?" }],
              after: [
                {
                  is: "text",
                  text: "Do you suspect that {child} is suffering, or likely to suffer, significant harm?",
                },
              ],
            },
          ],
        },
      ],
    },
    outcomes: none,
    obligations: {
      ...none,
      changed: [
        {
          text: "Tell the front door in writing",
          sides: [
            {
              what: "deadline",
              before: [{ is: "deadline", by: "within_working_days", count: 2 }],
              after: [{ is: "deadline", by: "end_of_next_working_day", count: 0 }],
            },
            { what: "sources", before: [], after: [{ is: "text", text: "WT26 chapter 3" }] },
          ],
        },
      ],
    },
    words: none,
    holidays: { ...none, added: ["2027-05-10"] },
  },
};

export const answers: Answers = {
  guidance_page: () => page,
  choose_open_path: () => "england-2027-01.sharewell-pack",
  preview_pack: () => preview,
  install_pack: () => {
    page = {
      nations: [nation({ current: newer, others: [england, earlier] }), wales],
      publishers,
      agencies: [],
    };
    return page;
  },
  remove_pack: ({ reason }) => {
    const gone = {
      name: newer.name,
      hash: newer.hash,
      installed_at: new Date().toISOString(),
      removed_at: new Date().toISOString(),
      reason: String(reason),
    };
    page = { nations: [nation({ removed: [gone] }), wales], publishers, agencies: [] };
    return page;
  },
};
