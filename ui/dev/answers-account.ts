// The sharing log and what hangs on it, from invented data.
import type { HolderNotice, LineView, LogRow, LogView } from "../src/lib/bindings";
import { at, type Answers } from "./fake";

const HOUR = 3_600_000;

const row = (one: Partial<LogRow> & Pick<LogRow, "id" | "kind" | "state">): LogRow => ({
  file: { case: "case-ayla", child: "Ayla Sampleton", restricted: null, gone: false },
  veiled: false,
  who: "Robin Pretence",
  role: "Children’s social care",
  named: true,
  went: null,
  notes: null,
  why: "",
  ground: null,
  route: "telephone",
  reference: "",
  at: at(-5 * HOUR),
  recorded_at: at(-4 * HOUR),
  decision: null,
  chase: null,
  chase_duty: null,
  overdue: false,
  account: [],
  limit: null,
  corrections: [],
  can_correct: false,
  notices: [],
  can_go_on: one.kind === "left",
  ...one,
});

const lines: LogRow[] = [
  row({
    id: "received-1",
    kind: "received",
    state: "received",
    who: "Lee Imagined",
    role: "Northmere Police",
    notes: 1,
    limit: {
      from: "Lee Imagined",
      from_role: "Northmere Police",
      at: at(-5 * HOUR),
      ask_first: true,
      not_to: ["the school"],
      until: null,
      family: "not_said",
    },
  }),
  row({
    id: "left-1",
    kind: "left",
    state: "sent",
    ground: "share-without-consent",
    decision: "decision-1",
    route: "secure_email",
    reference: "7F3A-20C1",
    notes: 3,
    chase: at(-HOUR),
    chase_duty: "o1",
    overdue: true,
  }),
  row({
    id: "left-2",
    kind: "left",
    state: "astray",
    who: "The wrong doctor",
    role: "Storybook Surgery",
    route: "post",
    account: [
      { at: at(-HOUR), event: "wrong_person", by: "The surgery", words: "", purpose: null, came: null },
    ],
  }),
];

const view = (): LogView => ({ now: at(0), file: null, lines, more: false });

const line = (): LineView => ({
  line: lines[1] ?? row({ id: "left-1", kind: "left", state: "sent" }),
  now: at(0),
  case: "case-ayla",
  child: "Ayla Sampleton",
  flags: [],
  choices: ["delivered", "answered", "returned"],
  notes: [],
});

const notice = (): HolderNotice => ({
  duty: "o1",
  now: at(0),
  case: "case-ayla",
  child: "Ayla Sampleton",
  flags: [],
  permission: false,
  recipient: "Robin Pretence",
  recipient_role: "Children’s social care",
  route: "secure_email",
  refused: false,
  changes: [{ of: "left-1", number: 1, count: 3, how: "corrected" }],
  text: "On 12 March 2026 we sent you something under the reference 7F3A-20C1. Since then: note 1 of 3 was corrected.",
  sent_at: null,
  answered: "",
  untraced: 1,
});

export const answers: Answers = {
  sharing_log: view,
  log_line: line,
  record_became: () => null,
  record_wrong_person: () => null,
  copy_breach_note: () => true,
  record_received: () => "received-2",
  notice,
  copy_notice: () => true,
  notice_sent: () => null,
  notice_answered: () => null,
};
