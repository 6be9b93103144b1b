// Invented copies that an agency has, for the page Copies your agency has. `?copies=none`, `hold` and `empty` show the edges.
import type {
  EndedView,
  EndPage,
  NoneGoes,
  RemovalDone,
  RemovalFile,
  RemovalPage,
} from "../src/lib/bindings";
import { at, dayAt, type Answers } from "./fake";

const DAY = 24 * 60 * 60_000;
const kind = new URLSearchParams(location.search).get("copies");

const file = (one: Partial<RemovalFile> & Pick<RemovalFile, "case" | "name">): RemovalFile => ({
  kind: "family",
  telling: [],
  entries: 64,
  papers: 0,
  left: 0,
  received_at: null,
  from: null,
  stays: [],
  with: [],
  ...one,
});

const page = (): RemovalPage => {
  const none: NoneGoes | null = kind === "none" ? "no_profile" : kind === "hold" ? "legal_hold" : null;
  return {
    none_goes: none,
    hold: none === "legal_hold" ? "The inquiry into the children’s home in Madeup Lane" : "",
    agency: "Madeup Community Health",
    days: 90,
    source: "Our records schedule, part 4",
    files:
      kind === "empty"
        ? []
        : [
            file({
              case: "case-ayla",
              name: "Ayla Sampleton",
              papers: 2,
              left: 1,
              received_at: at(-120 * DAY),
              with: ["Tobi Notreal"],
            }),
            file({
              case: "case-tobi",
              name: "Tobi Notreal",
              received_at: at(-120 * DAY),
              with: ["Ayla Sampleton"],
            }),
            file({
              case: "case-mo",
              name: "Mo Placeholder",
              from: dayAt(20 * DAY),
              received_at: at(-70 * DAY),
              stays: [
                { why: "duty_open", count: 2, files: [] },
                { why: "flag_stands", count: 1, files: [] },
                { why: "too_early", count: 1, files: [] },
              ],
            }),
            file({
              case: "case-jo",
              name: "Jo Placeholder",
              stays: [
                { why: "not_received", count: 12, files: [] },
                { why: "together", count: 1, files: ["Mo Placeholder"] },
              ],
            }),
          ],
    restricted: 1,
    shown: "6f1d0c9a4be27735a8c05f1e92d4b6873c21aa90ee47d15b0f8896c3712d54ea",
    removed: [],
  };
};

const endPage = (): EndPage => ({
  refused: kind === "hold" ? "legal_hold" : null,
  hold: kind === "hold" ? "The inquiry into the children’s home in Madeup Lane" : "",
  agency: "Madeup Community Health",
  entries: 380,
  received: 371,
  in_files: 6,
  first:
    kind === "empty"
      ? []
      : [
          { what: "not_handed_over", count: 3 },
          { what: "no_receipt", count: 6 },
          { what: "draft_open", count: 1 },
        ],
  needs_reason: kind !== "empty",
  folder: "/media/stick",
  files: [
    { handover: "handover-1", made_at: at(-DAY), name: "march.sharewell", received: true, seen: true },
    { handover: "handover-2", made_at: at(0), name: "april.sharewell", received: false, seen: true },
  ],
  phrase: "end this vault",
  shown: "6f1d0c9a4be27735a8c05f1e92d4b6873c21aa90ee47d15b0f8896c3712d54ea",
});

export const answers: Answers = {
  look_at_end: endPage,
  end_use: (): EndedView => ({
    certificate: "/media/stick/sharewell-2026-03-12.sharewell-end",
    pieces: [
      { piece: "keys", removed: 1, left: 0 },
      { piece: "backups", removed: 9, left: 0 },
      { piece: "database", removed: 2, left: 0 },
    ],
    not_overwritten: 0,
  }),
  removal_page: page,
  remove_copies: (): RemovalDone => {
    const removed = {
      at: at(0),
      entries: 128,
      authority: "Our records schedule, part 4",
      reason: "The receipts of Madeup Community Health name every entry of it. Copies stay 90 days.",
      receipts: 2,
    };
    const now = page();
    return {
      removed,
      files: 2,
      backup: { at: at(0), folder: "/vault/backups/now", entries: 300, kilobytes: 900, copy: null },
      no_backup: null,
      page: { ...now, files: now.files.filter((one) => one.stays.length > 0), removed: [removed] },
    };
  },
};
