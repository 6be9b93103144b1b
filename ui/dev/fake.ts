// Answers the window's commands from invented data, so that pages can be drawn and looked at without the
// shell. It keeps what it is told until the page is loaded anew; it decides nothing.
import { emit } from "@tauri-apps/api/event";
import { mockIPC } from "@tauri-apps/api/mocks";
import type {
  BackupView,
  ChildLine,
  EmergencyInput,
  EmergencyView,
  Failure,
  Phase,
  SecondPlace,
  SessionView,
  Settings,
  RehearsalPage,
  SourceView,
  StrengthView,
  TodayView,
  ToDoLine,
  VerifyView,
} from "../src/lib/bindings";
import { oneOf } from "../src/lib/choose";
import { THEMES } from "../src/lib/closed_sets";

type Args = Record<string, unknown>;
/** One command's answer. Throwing a Failure answers with an error. */
export type Answers = Record<string, (args: Args) => unknown>;

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

// Functions and not constants: the answers that are picked up below use them before this file has run.
export function at(ms: number): string {
  return new Date(Date.now() + ms).toISOString();
}
export function dayAt(ms: number): string {
  return at(ms).slice(0, 10);
}

const no = (code: Failure["code"], wait: number | null = null): never => {
  const failure: Failure = {
    code,
    field: null,
    fields: [],
    wait_seconds: wait,
    place: null,
    fault: null,
    handover: null,
  };
  throw failure;
};

const child = (id: string, name: string, born: string, age: number, ago: number, to_do = 0): ChildLine => ({
  case: id,
  kind: "family",
  name,
  birth: { known: "born", on: born },
  age,
  flagged: to_do > 1,
  last_kind: "item_recorded",
  last_at: at(-ago),
  to_do,
  telling: [],
  alike: 0,
});

const children: ChildLine[] = [
  child("case-ayla", "Ayla Sampleton", "2019-06-04", 7, 40 * MINUTE, 2),
  child("case-tobi", "Tobi Notreal", "2012-02-11", 14, 2 * DAY, 1),
  child("case-mina", "Mina Fablewell", "2010-09-30", 16, 9 * DAY),
  child("case-baby", "Baby Nosuch", dayAt(-36 * DAY), 0, 20 * DAY),
];

const duty = (id: string, title: string, hint: string, more: Partial<ToDoLine>): ToDoLine => ({
  id,
  duty: "explain",
  card: "telling",
  title,
  hint,
  careful: [],
  due_now: false,
  case: "case-ayla",
  restricted: null,
  child: "Ayla Sampleton",
  decision: "decision-1",
  emergency: null,
  due: null,
  overdue: false,
  call: null,
  notice: false,
  statement: null,
  takes_words: false,
  drops_at_once: true,
  state: "outstanding",
  note: "",
  protects: false,
  apart: "",
  ...more,
});

let toDo: ToDoLine[] = [
  duty("o0", "Ring children’s social care – Northmere front door, 01632 960203", "Say who is at home", {
    duty: "act",
    protects: true,
    takes_words: true,
    drops_at_once: false,
    due: at(4 * 60 * MINUTE),
  }),
  duty("o1", "Write up the emergency", "Told by phone on Tuesday", {
    duty: "write_up",
    emergency: "emergency-1",
    decision: null,
    child: "Tobi Notreal",
    case: "case-tobi",
    due: at(-DAY),
    overdue: true,
  }),
  duty("o2", "Tell Jo Sampleton that you are sharing, and why", "Or say why it is unsafe", {
    due: at(3 * 60 * MINUTE),
  }),
  duty("o3", "Confirm in writing to children’s social care", "Told by phone this morning", {
    duty: "confirm_in_writing",
    due: at(DAY),
  }),
  duty("o4", "Look again at this decision", "Has anything changed?", { duty: "review", due: at(14 * DAY) }),
];

/** Duties behind the first page. */
const later: ToDoLine[] = [
  duty("o5", "Talk the decision over in supervision", "", { duty: "check_assumptions" }),
  duty("o6", "Say what would change your mind", "", {
    duty: "what_would_change",
    child: "Mina Fablewell",
    case: "case-mina",
  }),
];

const sources: SourceView[] = [
  {
    code: "S48",
    title: "Information sharing advice for practitioners",
    publisher: "HM Government",
    year: "2024",
    place: "page 9",
    address: "",
    confirmed: true,
    note: "",
  },
  {
    code: "CWSA4",
    title: "Children’s wellbeing and schools law",
    publisher: "Parliament",
    year: "2026",
    place: "section 4",
    address: "",
    confirmed: false,
    note: "",
  },
];

const backup: BackupView = {
  copy: null,
  at: at(-2 * 60 * MINUTE),
  folder: "backups/2026-03-12T0810",
  entries: 214,
  kilobytes: 1840,
};

const rehearsal: RehearsalPage = {
  confirmed: true,
  last: null,
  next: "2027-03-01",
  due: false,
  agency: "Northmere Children’s Health",
  agency_can: true,
};

const report: VerifyView = {
  sound: true,
  entries: 214,
  head: "7f3a91c204be55d07f3a91c204be55d07f3a91c204be55d07f3a91c204be55d0",
  anchored_to: 180,
  findings: [],
  at: at(0),
};

const broken: VerifyView = {
  ...report,
  sound: false,
  findings: [{ code: "payload_altered", sequence: 117, detail: "7f3a91c2, expected 04be55d0" }],
};

function strengthOf(passphrase: string): StrengthView {
  const words = passphrase.trim().split(/\s+/).filter(Boolean).length;
  const enough = words >= 4;
  return { score: Math.min(4, words), enough, advice: enough ? "good" : "add_words" };
}

const spans = (now: number) =>
  (["now", "week", "later", "undated"] as const).map((span) => ({
    span,
    count: span === "now" ? now : span === "later" ? later.length : 0,
    or_more: false,
  }));

/** More answers, for pages that bring their own invented data. */
const more: Answers[] = Object.values(
  import.meta.glob<{ answers: Answers }>("./answers-*.ts", { eager: true }),
).map((module) => module.answers);

export function startFake(query: URLSearchParams): void {
  const settings: Settings = {
    lock_minutes: 5,
    theme: oneOf(THEMES, query.get("theme") ?? "light") ?? "light",
    shortcuts: true,
    language: "",
  };
  const phase = (query.get("phase") ?? "open") as Phase;
  const emergencies = new Map<string, EmergencyView>();
  const notes = new Map<string, string>();
  let tries = 0;

  let secondPlace: SecondPlace | null = null;

  const session: SessionView = {
    phase,
    clock: null,
    head_missing_since: null,
    missing: null,
    ground: [],
    copy_due: null,
    settings_lost: false,
    practitioner: {
      id: "person-nia",
      name: "Nia Exampleton",
      role: "Health visitor",
      agency: "Northmere Children’s Health",
      team: "North team",
      nation: "england",
      phone: "01632 960 140",
      lead_name: "Pat Mockford",
      lead_phone: "01632 960 122",
      front_door_name: "Northmere front door",
      front_door_phone: "01632 960 101",
      out_of_hours_phone: "01632 960 199",
      officer_phone: "01632 960 105",
    },
    recovery_confirmed: true,
    last_backup: at(-2 * 60 * MINUTE),
    wait_seconds: 0,
    numbers: {
      numbers: [
        { kind: "police", name: "", number: "999" },
        { kind: "front_door", name: "Northmere front door", number: "01632 960 101" },
        { kind: "out_of_hours", name: "", number: "01632 960 199" },
        { kind: "lead", name: "Pat Mockford", number: "01632 960 122" },
      ],
    },
    looking: query.has("looking"),
    others: query.has("others") ? ["vault (conflicted copy).db"] : [],
    demo: query.has("demo"),
    settings,
    locked_because: phase === "locked" ? "idle" : null,
    signing: false,
    resume: null,
    counts: { today: toDo.length, drafts: 1, to_hand_over: 14 },
    lost: null,
    place_lost: false,
    version: "0.1.0",
  };
  if (phase !== "open") session.practitioner = null;

  const today = (): TodayView => ({
    now: at(0),
    to_do: query.has("empty") ? [] : toDo,
    to_do_in_all: query.has("empty") ? 0 : toDo.length + later.length,
    spans: spans(query.has("empty") ? 0 : toDo.length),
    drafts_in_all: query.has("empty") ? 0 : 1,
    drafts: query.has("empty")
      ? []
      : [
          {
            id: "decision-2",
            child: "Ayla Sampleton",
            restricted: null,
            signed: false,
            decided: null,
            at_question: 6,
            asks: "Has Jo agreed?",
            advised: null,
            worries: ["Injury", "Domestic abuse"],
            trigger: "worry",
            door: "worried",
            at: at(-20 * MINUTE),
          },
        ],
    recent: query.has("empty") ? [] : children,
    children: query.has("empty") ? 0 : 23,
    not_handed_over: query.has("empty") ? 0 : 14,
    notices: query.has("notices") ? ["recovery_not_confirmed", "damage_found"] : [],
    lost: query.has("notices") ? { from: 41, to: 43 } : null,
  });

  const code = { groups: ["K7QD", "M2XR", "9HTB", "4WVN", "C3EJ", "8PSA", "ZG"], made_at: at(0) };
  const open = (): SessionView => Object.assign(session, { phase: "open", recovery_confirmed: true });

  const answers: Answers = {
    session: () => session,
    passphrase_strength: ({ passphrase }) => strengthOf(String(passphrase)),
    check_practitioner: () => null,
    create_vault: () => code,
    confirm_recovery_code: ({ typed }) =>
      String(typed).replace(/\W/g, "").toUpperCase() === code.groups.join("")
        ? open()
        : no("mistyped_recovery_code"),
    unlock: ({ passphrase }) =>
      passphrase === "damaged"
        ? no("vault_damaged")
        : passphrase === "wrong"
          ? no("wrong_passphrase", ++tries > 2 ? 30 : 0)
          : open(),
    recover: () => code,
    change_passphrase: () => null,
    new_recovery_code: () => code,
    save_recovery_kit: () => null,
    choose_save_path: ({ suggested }) => ({ path: suggested, replaces: false }),
    choose_folder: () => "backups/2026-03-12T0810",
    restore_vault: () => open(),
    lock: () => new Promise(() => undefined),
    still_here: () => null,
    flushed: () => null,
    work_progress: () => null,
    stop_work: () => null,
    save_settings: ({ settings: changed }) => Object.assign(session, { settings: changed }),
    save_practitioner: () => session,
    backup_now: () => backup,
    rehearse_backup: () => backup.entries,
    rehearsal: () => rehearsal,
    rehearse: () => ({
      entries: backup.entries,
      files: 3,
      newest: backup.at,
      page: { ...rehearsal, last: backup.at, due: false },
    }),
    backups: () => [backup],
    backups_at_hand: () => [backup],
    second_place: () => secondPlace,
    choose_second_place: ({ folder }) =>
      (secondPlace =
        folder === null
          ? null
          : { folder: String(folder), reachable: true, last: null, days: null, same_disk: false }),
    vault_lies_in: () => open(),
    start_anew: () => ({ ...session, phase: "first_start", missing: null }),
    confirm_head: () => ({ ...session, head_missing_since: null }),
    trust_clock: () => ({ ...session, clock: null }),
    verify_vault: () => (query.has("broken") ? broken : report),
    today,
    // What comes behind the last line of the first page, and then nothing more.
    more_duties: ({ after }) => (after === toDo.at(-1)?.id ? later : []),
    more_begun: () => [],
    duty: ({ id }) =>
      [...toDo, ...later].find((line) => line.id === id) ??
      duty(String(id), "Look again at this decision", "", { state: "done" }),
    drop_obligation: () => null,
    reopen_obligation: () => null,
    note_obligation: () => null,
    duties: () => ({ now: at(0), lines: [...toDo, ...later], more: false, spans: spans(toDo.length) }),
    duties_by_child: () => ({ now: at(0), no_file: [], no_file_more: false, files: [], more: false }),
    settle_obligation: ({ id }) => {
      toDo = toDo.filter((line) => line.id !== id);
      return null;
    },
    children: ({ query: asked, after }) => {
      const found = children.filter((line) => line.name.toLowerCase().includes(String(asked).toLowerCase()));
      const from = found.findIndex((line) => line.case === after) + 1;
      return { lines: found.slice(from, from + 3), in_all: found.length, also: [] };
    },
    save_note: ({ key, body }) => {
      notes.set(String(key), String(body));
      return at(0);
    },
    note: ({ key }) => notes.get(String(key)) ?? null,
    emergency_numbers: () => session.numbers,
    record_emergency: ({ id, emergency }) => {
      const input = emergency as EmergencyInput;
      const saved: EmergencyView = {
        id: typeof id === "string" ? id : "emergency-2",
        case: input.case,
        child: input.child,
        attempts: input.attempts.map((attempt) => ({ ...attempt, at: attempt.at ?? at(0) })),
        told: input.told,
        others_at_risk: input.others_at_risk,
        worker_safe: input.worker_safe,
        gaps: [],
        recorded_at: at(0),
        write_up_by: at(DAY),
        write_up: null,
      };
      emergencies.set(saved.id, saved);
      return saved;
    },
    emergency: ({ id }) =>
      emergencies.get(String(id)) ?? {
        id,
        case: null,
        child: "Tobi Notreal, 14",
        attempts: [
          {
            who: "Northmere front door",
            number: "01632 960 101",
            result: "no_answer",
            at: at(-DAY - 5 * MINUTE),
          },
          { who: "Police, ambulance or fire", number: "999", result: "told", at: at(-DAY) },
        ],
        told: "Tobi is on the footbridge at Sample Weir and says he will not go home. He is alone.",
        others_at_risk: "",
        worker_safe: true,
        recorded_at: at(-DAY),
        write_up_by: at(3 * 60 * MINUTE),
        write_up: null,
      },
    write_up_emergency: ({ id, writeUp }) => ({
      ...(answers["emergency"]?.({ id }) as EmergencyView),
      write_up: { ...(writeUp as object), at: at(0) },
    }),
    save_emergency_pdf: () => null,
    sources: () => sources,
    pack_terms: () => [],
    licences: () => "svelte 5, MIT\ngovuk-frontend 6, MIT\nAtkinson Hyperlegible Next, OFL-1.1",
  };
  for (const one of more) Object.assign(answers, one);

  mockIPC(
    (command, args) => {
      const answer = answers[command];
      if (!answer) throw new Error(`the fake does not know ${command}`);
      return answer((args ?? {}) as Args);
    },
    { shouldMockEvents: true },
  );
  if (query.has("locksoon")) setTimeout(() => void emit("lock-soon", { seconds: 30 }), 400);
}
