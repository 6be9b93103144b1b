// Invented handovers, for drawing. `?file=empty`, `?fail` and `?slow` show the edges.
import type { Failure, HandoverPage, HandoverView, ReceiptView } from "../src/lib/bindings";
import type { Answers } from "./fake";

const DAY = 24 * 60 * 60_000;
// fake.ts reads this file first, so that its own helpers are not there yet.
const at = (ms: number): string => new Date(Date.now() + ms).toISOString();
const query = new URLSearchParams(window.location.search);
const kind = query.get("file") ?? "";
const fails = query.has("fail");

const no = (code: Failure["code"], field: string | null): never => {
  const fields = field === null ? [] : [{ field, code, length: null }];
  const failure: Failure = {
    code,
    field,
    fields,
    wait_seconds: null,
    place: null,
    fault: null,
    handover: null,
  };
  throw failure;
};

const RECIPIENT = "age1fictional0000000000000000000000000000000000000000000000";

const made: HandoverView = {
  id: "handover-1",
  facts: "known",
  state: "written",
  held: false,
  reason: null,
  replaces: null,
  beginning: null,
  receipts: [],
  made_at: at(-6 * DAY),
  recipient_name: "Northmere Children’s Health, records team",
  fingerprint: "7f3a 91c2 04be 55d0 7f3a 91c2",
  children: ["Ayla Sampleton", "Tobi Notreal"],
  gone: 0,
  restricted: null,
  from: 1,
  to: 180,
  entries: 64,
  documents: 2,
  part: query.has("parts") ? { number: 1, count: 2 } : null,
  beside: query.has("parts") ? [{ id: "handover-2", file_name: "Handover 2026-03-12-2-of-2.sharewell" }] : [],
  file_hash: "7f3a91c204be55d07f3a91c204be55d07f3a91c204be55d07f3a91c204be55d0",
  file_name: "Handover 2026-03-12.sharewell",
  kilobytes: 412,
};

const receipt: ReceiptView = {
  id: "receipt-1",
  handover: "handover-1",
  agency: "Northmere Children’s Health",
  made_at: at(-2 * DAY),
  taken_at: at(-DAY),
  outcome: "quarantined",
  reason: null,
  entries: 63,
  not_taken: [{ why: "revoked", entries: 1 }],
  forked: [],
  disposed: 0,
  again: false,
};

const page: HandoverPage =
  kind === "empty"
    ? {
        recipients: [],
        files: [],
        of_files: 0,
        files_waiting: 0,
        restricted: [],
        made: [],
        of_made: 0,
        unwritten: null,
        since: null,
        has_profile: false,
      }
    : {
        recipients: [
          {
            recipient: RECIPIENT,
            name: made.recipient_name,
            fingerprint: made.fingerprint,
            imported_at: at(-8 * DAY),
          },
        ],
        files: [
          {
            case: "case-ayla",
            kind: "family",
            name: "Ayla Sampleton",
            telling: [],
            restricted: null,
            entries: 41,
            waiting: 12,
            waits: [{ recipient: RECIPIENT, waiting: 12 }],
          },
          {
            case: "case-tobi",
            kind: "family",
            name: "Tobi Notreal",
            telling: [],
            restricted: null,
            entries: 9,
            waiting: 2,
            waits: [{ recipient: RECIPIENT, waiting: 2 }],
          },
          {
            case: "case-mina",
            kind: "family",
            name: "Mina Fablewell",
            telling: [],
            restricted: null,
            entries: 23,
            waiting: 0,
            waits: [{ recipient: RECIPIENT, waiting: 0 }],
          },
        ],
        of_files: 3,
        files_waiting: 2,
        restricted: [],
        made: [made],
        of_made: 1,
        unwritten: null,
        since: null,
        has_profile: false,
      };

export const answers: Answers = {
  handover_page: () => page,
  import_recipient: ({ text }) =>
    String(text).startsWith("age1") ? page : no("bad_recipient_key", "recipient"),
  handover_offer: () => ({
    waiting: 14,
    has: 0,
    on_purpose: null,
    parts: query.has("parts") ? 2 : 1,
    lacks: [],
  }),
  check_handover: () => null,
  make_handover: () => new Promise((done) => setTimeout(() => done(made), query.has("slow") ? 4_000 : 10)),
  drop_handover: () => page,
  take_receipt: () => receipt,
  rebuild_handover: () => (fails ? no("file_not_written", null) : made),
};
