// The call card, from invented data: it goes on to the next number, and closes on told.
import type {
  CallEnd,
  CallInput,
  CallLine,
  CallView,
  FieldFailure,
  RungView,
  SayLine,
} from "../src/lib/bindings";
import { at, type Answers } from "./fake";

const rung = (one: Partial<RungView> & Pick<RungView, "rung" | "name" | "number">): RungView => ({
  found: "own_details",
  state: "unverified",
  verified_on: null,
  closes: true,
  ...one,
});
const line = (key: string, part: SayLine["part"], text: string, more: Partial<SayLine> = {}): SayLine => ({
  key,
  part,
  mark: null,
  source: "",
  text,
  ...more,
});

const RUNGS = [
  rung({
    rung: "front_door",
    name: "Northmere front door",
    number: "01632 960101",
    found: "directory",
    state: "verified",
    verified_on: "2026-03-02",
  }),
  rung({ rung: "night_service", name: "Social care, out of hours", number: "0808 157 0204" }),
  rung({ rung: "police", name: "the police", number: "101", found: "everybody", state: null, closes: false }),
  rung({ rung: "adviser", name: "Bea Notional", number: "01632 960202", closes: false }),
];
const SAY = [
  line(
    "who",
    "who_you_are",
    "Nia Exampleton, Health visitor, Northmere. I am worried about Ayla Sampleton. You reach me on 01632 960201",
  ),
  line(
    "about",
    "about",
    "Ayla Sampleton; born 4 June 2018, 7; 4 Example Row, Northmere; At home: Kit Sampleton brother",
  ),
  line("n1", "note", "A bruise round Kit’s left arm, as wide as a hand.", {
    mark: "fact",
    source: "12 March 2026, 11:40",
  }),
  line("n2", "note", "“He shut Kit in the shed. Kit was crying.”", { mark: "reported", source: "Ayla" }),
  line("n3", "note", "Both are at risk from Corey Notreal today.", {
    mark: "opinion",
    source: "health visitor",
  }),
  line("before-then", "ask", "Have an answer before Ayla is next with them"),
  line("child-call", "ask", "Agree in the call what more Ayla hears, from whom, and before which handover"),
];

const tries: CallLine[] = [];

const card = (): CallView => {
  const last = tries.at(-1);
  const next = last?.end.end === "no_answer" || last?.end.end === "refused" ? 1 : 0;
  return {
    decision: "decision-2",
    key: "act-harm",
    obligation: null,
    case: "case-ayla",
    child: "Ayla Sampleton",
    title: "Ring Northmere front door today",
    hint: "",
    due: at(3 * 60 * 60_000),
    overdue: false,
    due_now: false,
    closed: last?.end.end === "told",
    rungs: RUNGS,
    at: next,
    say: SAY,
    limits: [
      "Tell nobody in the family yet, nor anyone who may be behind it",
      "Confront nobody, and hold nobody by force",
    ],
    careful: [],
    tries: [...tries],
    flags: [],
  };
};

function gaps(typed: CallInput): FieldFailure[] {
  const missing = (field: string, code: FieldFailure["code"]) => ({ field, code, length: null });
  return [
    ...(typed.time ? [] : [missing("time", "time_missing")]),
    ...(typed.who ? [] : [missing("who", "missing")]),
  ];
}

export const answers: Answers = {
  call: card,
  call_gaps: ({ typed }) => gaps(typed as CallInput),
  record_call: ({ typed }) => {
    const {
      end,
      who,
      job,
      reference,
      will_do,
      by_when,
      who_decides,
      why,
      rung: which,
      number,
    } = typed as CallInput;
    const ends: Record<string, CallEnd> = {
      told: { end: "told", who, job, reference, will_do, by_when },
      no_answer: { end: "no_answer" },
      still_trying: { end: "still_trying", why: why ?? "voicemail" },
      refused: { end: "refused", who, who_decides, by_when },
    };
    const recipient = RUNGS.find((one) => one.rung === which)?.name ?? "";
    const made = ends[end ?? "told"];
    if (made) tries.push({ recipient, number, end: made, at: at(0) });
    return card();
  },
};
