// Invented answers for the guided decision: one question of every kind, then the advice and its sign-off.
import type {
  Answer,
  AnswerLine,
  ChangeView,
  CheckView,
  DecisionView,
  FlagLine,
  ObligationView,
  OutcomeView,
  Place,
  QuestionView,
  SignOffInput,
  StepView,
} from "../src/lib/bindings";
import { cards, duty } from "./decide-cards";
import { sources } from "./decide-sources";
import type { Answers } from "./fake";

// Of its own: fake.ts collects this file while it is itself being read.
const at = (ms: number): string => new Date(Date.now() + ms).toISOString();
const dayAt = (ms: number): string => at(ms).slice(0, 10);
/** With `?expired` the guidance has expired. */
let confirmedAt: string | null = null;
const expired = () =>
  new URLSearchParams(location.search).has("expired")
    ? { until: dayAt(-30 * 24 * 60 * 60_000), confirmed_at: confirmedAt }
    : null;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const LONG = "Bartholomew-Alexander Featherstonehaugh-Sampleton of Northmere";

const option = (value: string, label: string, more: Partial<StepView["options"][number]> = {}) => ({
  value,
  label,
  hint: "",
  words: null,
  words_required: false,
  not_sure: value === "not_sure",
  exclusive: false,
  ...more,
});
const notSure = option("not_sure", "Not sure");

const step = (
  id: string,
  kind: StepView["kind"],
  question: string,
  more: Partial<StepView> = {},
): StepView => ({
  id,
  kind,
  question,
  hint: "At most two lines of help stand here, in plain words.",
  why: "Safety comes before every other question. If there is danger now, or you cannot tell, you ring first and write it up afterwards.",
  options: [],
  sources,
  unconfirmed: false,
  optional: false,
  after_advice: false,
  help: [],
  ...more,
});

const steps: StepView[] = [
  step("danger", "yes_no_not_sure", "Is Ayla, or anyone else, in danger right now?", {
    options: [
      option("yes", "Yes"),
      option("no", "No"),
      option("not_sure", "Not sure", { hint: "We treat this as yes. You ring now." }),
    ],
  }),
  step("others", "people", "Who else may be at risk?", { optional: true, options: [notSure] }),
  step("signs", "many_of", "What worries you? Choose all that may fit.", {
    options: [
      option("injury", "Injury, neglect, emotional harm, or something not listed"),
      option("domestic", "Domestic abuse, or someone controlling the family", {
        words: "Who, and since when",
      }),
      option("none", "None of these", { exclusive: true }),
      notSure,
    ],
  }),
  step("consent", "one_of", "Does Jo agree that you share this?", {
    unconfirmed: true,
    options: [
      option("given", "Yes, for all of it"),
      option("limited", "Yes, within limits", { words: "Which limits", words_required: true }),
      option("refused", "No, Jo said no", { words: "When, and what was said" }),
      option("unsafe", "It could be unsafe to ask"),
      notSure,
    ],
  }),
  step("items", "items", "Which entries would you share?", {}),
  step("weighing", "weighing", "What could happen, either way?", { options: [notSure] }),
  step("adviser", "adviser", "What does your designated safeguarding lead say?"),
  step("said", "text", "What does Ayla say?", { optional: true }),
  step("on", "date", "When did you last see Ayla?"),
  step("tell", "each_person", "Who is told, once social care or police agree?", {
    after_advice: true,
    options: [
      option("now", "Tell now"),
      option("later", "Tell later", { words: "Why later, and when", words_required: true }),
      option("not", "Do not tell", { words: "Why not", words_required: true }),
      notSure,
    ],
  }),
];

const given = new Map<string, Answer>();
const said: Record<string, string> = {
  danger: "No",
  others: "Kit Sampleton",
  signs: "Domestic abuse, or someone controlling the family",
  consent: "No, Jo said no: on 12 March, “I can manage”",
  items: "2 entries",
  weighing: "The reasons to share are heavier",
  adviser: "Pat Mockford, agrees: ring today",
  said: "",
  on: "12 March 2026",
  tell: "Jo Sampleton, Tell later: once social care agree",
};
const line = (one: StepView, index: number): AnswerLine => ({
  step: one.id,
  number: index + 1,
  question: one.question.replace(/\?.*$/, ""),
  answer: { is: "text", text: said[one.id] ?? "" },
  not_sure: false,
  at: at(-HOUR),
});

function question(id: string): QuestionView {
  const index = Math.max(
    0,
    steps.findIndex((one) => one.id === id),
  );
  const now = steps[index] ?? steps[0]!;
  const reached = Math.max(index, ...steps.map((one, at) => (given.has(one.id) ? at + 1 : 0)));
  return {
    decision: "decision-2",
    door: "worried",
    file_kind: "family",
    nation: "england",
    on: null,
    request: null,
    case: "case-ayla",
    child: "Ayla Sampleton",
    step: now,
    number: index + 1,
    answer: given.get(now.id) ?? null,
    saved_at: at(-60_000),
    back: steps[index - 1]?.id ?? null,
    answers: steps.slice(0, reached).map(line),
    not_asked: [{ step: "age", because: "Ayla is 7, and lives in England." }],
    expired: expired(),
    advice: now.after_advice
      ? {
          kind: "share-without-consent",
          heading: "Share without permission.",
          first_action: "Ring children’s social care – Northmere front door, 01632 960 101 – today",
          by: at(3 * HOUR),
          overdue: false,
          due_now: false,
        }
      : null,
    people: [
      {
        id: "p-jo",
        name: "Jo Sampleton",
        tie: "mother",
        later_because: "coercion_possible",
        reason_for: ["now", "not"],
      },
      {
        id: "p-kit",
        name: "Kit Sampleton",
        tie: "sibling",
        later_because: null,
        reason_for: ["later", "not"],
      },
      { id: "p-long", name: LONG, tie: "grandparent", later_because: null, reason_for: ["later", "not"] },
    ],
    flags,
    advisers: [
      { name: "Ada Mockford", number: "01632 960 122", meant: true },
      { name: "Northmere front door", number: "01632 960 101", meant: false },
    ],
    whose: now.id === "consent" ? ["Jo Sampleton"] : [],
    items: [
      {
        id: "i1",
        mark: "fact",
        text: "No adult was at home when I called. Ayla opened the door. Jo came back at 10:05.",
        by: "",
        occurred: { known: "moment", at: at(-DAY) },
      },
      {
        id: "i2",
        mark: "reported",
        text: "I make Kit’s tea when it gets dark.",
        by: "Ayla",
        occurred: { known: "day", on: dayAt(-DAY) },
      },
    ],
  };
}

const flags: FlagLine[] = [
  {
    id: "flag-1",
    person: "p-jo",
    name: "Jo Sampleton",
    kind: "protected_identity",
    reason: "Her former partner looks for her.",
    review: null,
  },
];

let draft: SignOffInput = {
  decided: null,
  otherwise: "",
  reasons: "",
  alternatives: "",
  what: "",
  recipient: {
    name: "Northmere front door",
    role: "children’s social care (the MASH)",
    reach: "01632 960 101, from the council’s website",
  },
  grounds: {
    power: "Working together to keep children safe (Children Act 2004, section 11)",
    lawful_basis: "Public task, UK GDPR Article 6(1)(e)",
    condition: "Safeguarding of children, Data Protection Act 2018, Schedule 1, paragraph 18",
    no_consent_limb: "Asking would endanger the child",
    confidence: "Public interest: the harm of silence outweighs the confidence",
    proportionality: "",
    changed_because: "",
  },
  telling: [{ person: "p-jo", name: "Jo Sampleton", when: "later", why: "Once social care agree" }],
  settled: [],
  review: dayAt(14 * DAY),
};

function obligations(): ObligationView[] {
  const all = [
    duty("act", "Ring children’s social care today", { duty: "act", due: at(3 * HOUR), with_act: true }),
    duty("adviser", "Talk it over with an adviser", {
      hint: "Your own lead, unnamed if you can",
      duty: "discuss_with_adviser",
    }),
    duty("tell@p-jo", `Tell ${LONG} that you are sharing, or say why not`, {
      duty: "explain",
      due: at(-HOUR),
      overdue: true,
      with_act: true,
    }),
    duty("write", "", { duty: "confirm_in_writing", due: at(DAY) }),
  ];
  return all.map((one) => {
    const settled = draft.settled.find((known) => known.key === one.key)?.settlement;
    if (!settled) return one;
    return settled.how === "done"
      ? { ...one, state: "done", note: settled.note ?? "" }
      : { ...one, state: "not_needed", note: settled.reason };
  });
}

const outcome = (): OutcomeView => ({
  decision: "decision-2",
  door: "worried",
  file_kind: "family",
  case: "case-ayla",
  apart: false,
  restricted_files: [],
  restricted: null,
  child: "Ayla Sampleton",
  id: "share-harm",
  kind: "share-without-consent",
  heading: "Share without permission",
  advice: "You suspect significant harm. Share what protects Ayla with those who can act, today.",
  first_action:
    "Ring children’s social care – Northmere front door, 01632 960 101 – and say it is about significant harm",
  by: at(3 * HOUR),
  overdue: false,
  due_now: false,
  no_numbers: [],
  flags,
  careful: ["Say “the mother”, not “Jo Sampleton”. Name and address: only to the duty worker, by voice."],
  recipient: draft.recipient,
  why: [
    { step: "signs", text: "You are worried about domestic abuse or control.", sources },
    {
      step: "consent",
      text: "Jo said no. The refusal and its reason are kept.",
      sources: sources.slice(0, 1),
    },
  ],
  obligations: obligations(),
  cards: cards(),
  hint: "Tell them what you saw, what you were told and what you fear.",
  answers: steps.map(line),
  not_asked: [{ step: "age", because: "Ayla is 7, and lives in England." }],
  expired: expired(),
  unknown: [{ ...line(steps[0]!, 0), question: "What Dale thinks", not_sure: true }],
  grounds: [
    ...(["power", "lawful_basis", "condition", "no_consent_limb", "confidence"] as const).map((gate) => ({
      gate,
      suggested: draft.grounds[gate],
      blank: false,
      unconfirmed: gate === "power",
      sources,
    })),
    { gate: "proportionality", suggested: "", blank: false, unconfirmed: false, sources: [] },
  ],
  notices: [
    {
      id: "tell-hold",
      kind: "ban",
      card: null,
      in_call: false,
      title: "Tell nobody in the family yet, nor anyone who may be behind it",
      hint: "Agree first with social care or the police who tells whom, when, and how everyone stays safe.",
      unconfirmed: false,
      confirmed: null,
      sources: [],
    },
  ],
  write_up_next: "tell",
  unconfirmed: true,
  draft,
  saved_at: at(-60_000),
  countersign_if_not_shared: true,
  other_kinds: ["emergency-share", "share-limited", "hold-and-seek-advice", "do-not-share"],
  pack: { nation: "england", version: "2024-05", overlay: null },
  provenance: "Assembled by Sharewell from the 2024 advice for practitioners. It is not an official chart.",
});

const check = (): CheckView => ({
  outcome: outcome(),
  missing: draft.decided
    ? [
        ...(draft.reasons.trim()
          ? []
          : [{ field: "reasons", code: "reason_missing" as const, length: null }]),
        ...(draft.what.trim() ? [] : [{ field: "what", code: "missing" as const, length: null }]),
        ...(draft.decided !== "share-limited"
          ? []
          : [{ field: "tell", code: "missing" as const, length: null }]),
        ...(draft.telling.length > 0
          ? []
          : [{ field: "telling", code: "person_row_missing" as const, length: null }]),
      ]
    : [{ field: "decided", code: "missing" as const, length: null }],
  signer: "Nia Exampleton",
  lists: [],
  extent: { count: { held: 5, goes: 0, nameless: 0, stays: 0, open: 5 }, may_wait: false },
  rests_on: [],
  tell: [
    { person: "p-jo", name: "Jo Sampleton", later_because: "coercion_possible", reason_for: ["now", "not"] },
    { person: "p-kit", name: "Kit Sampleton", later_because: null, reason_for: ["later", "not"] },
  ],
  countersign: draft.decided === "do-not-share",
});

const signed = (): DecisionView => ({
  notices: [],
  door: "worried",
  file_kind: "family",
  id: "decision-1",
  number: 3,
  case: "case-ayla",
  restricted: null,
  child: "Ayla Sampleton",
  age: 7,
  nation: "england",
  pack: { nation: "england", version: "2024-05", overlay: null },
  pack_hash: "04be55d07f3a91c204be55d07f3a91c204be55d07f3a91c204be55d07f3a91c2",
  provenance: "Assembled by Sharewell from the 2024 advice for practitioners. It is not an official chart.",
  on: dayAt(-HOUR),
  late: false,
  trigger: "worry",
  request: null,
  follows: null,
  followed_by: [],
  also: [],
  advised: "share-without-consent",
  heading: "Share without permission",
  decided: draft.decided ?? "share-without-consent",
  otherwise: draft.otherwise,
  reasons: draft.reasons || "Ayla and Kit were alone twice this week. Jo cannot say that it will stop.",
  alternatives: draft.alternatives,
  what: draft.what || "Two entries of 12 March: one fact, one reported by Ayla.",
  rests_on: null,
  extent: {
    count: { held: 5, goes: 2, nameless: 0, stays: 3, open: 0 },
    goes: [],
    staying: [{ why: "not_needed", count: 3, words: "" }],
  },
  recipient: draft.recipient,
  grounds: draft.grounds,
  telling: draft.telling,
  answers: steps.map((one, index) => ({
    step: one.id,
    number: index + 1,
    question: one.question,
    answer: { is: "text", text: said[one.id] ?? "" },
    weighing:
      one.kind === "weighing"
        ? {
            share: "Jo may feel let down and miss our next visit. I can offer to make the call with her.",
            share_likelihood: "possible",
            share_severity: "slight",
            not_share:
              "Ayla and Kit may be alone again in the evenings. No other service knows. Kit is 3 and climbs.",
            not_share_likelihood: "likely",
            not_share_severity: "serious",
            heavier: "share",
          }
        : null,
    sources,
    at: at(-HOUR),
  })),
  why: outcome().why,
  unknown: outcome().unknown,
  obligations: obligations().map((one, index) => ({ ...one, id: `o${index + 1}` })),
  cards: cards(),
  review: dayAt(14 * DAY),
  expired_confirmed: null,
  signed_by: "Nia Exampleton",
  signed_at: at(-HOUR),
  sequence: 214,
  entry_hash: "7f3a91c204be55d07f3a91c204be55d07f3a91c204be55d07f3a91c204be55d0",
  checklists: [],
  said: [],
  flags,
  countersign_wanted: draft.decided === "do-not-share",
});

const stands = (id: string): Place =>
  steps.some((one) => one.id === id)
    ? { at: "question", question: question(id) }
    : { at: "outcome", outcome: outcome() };
const fault = (code: string, field: string) => {
  throw { code, field, wait_seconds: null, place: null, fault: null, handover: null };
};

export const answers: Answers = {
  confirm_expired: () => {
    confirmedAt = at(0);
    return null;
  },
  start_decision: () => stands("danger"),
  place: ({ decision }) =>
    decision === "decision-1" ? { at: "signed", id: "decision-1" } : stands("consent"),
  question: ({ step: id }) => question(String(id)),
  save_typing: ({ step: id, answer }) => {
    given.set(String(id), answer as Answer);
    return at(0);
  },
  answer: ({ step: id, answer }) => {
    const now = String(id);
    const typed = answer as Answer;
    if (typed.is === "choice" && !typed.value) fault("missing", now);
    if (typed.is === "choices" && typed.values.length === 0) fault("missing", now);
    if (typed.is === "weighing" && !typed.share.what) fault("weighing_side_missing", "share");
    if (typed.is === "weighing" && !typed.heavier) fault("missing", "heavier");
    if (typed.is === "adviser" && !typed.result) fault("missing", now);
    if (typed.is === "each_person" && typed.rows.some((row) => !row.value)) fault("person_row_missing", now);
    given.set(now, typed);
    return stands(steps[steps.findIndex((one) => one.id === now) + 1]?.id ?? "");
  },
  preview_change: (): ChangeView => ({
    stay: steps.slice(1, 3).map(line),
    fall_away: steps.slice(5, 7).map(line),
    come_back: [],
    harmless: false,
  }),
  outcome,
  save_sign_off: ({ draft: typed }) => {
    draft = typed as SignOffInput;
    return at(0);
  },
  check,
  sign_off: () => signed().id,
  decision: signed,
  save_decision_pdf: () => null,
  discard_draft: () => null,
};
