// Invented files and search results, for drawing. `?file=empty`, `?file=long` and `?fail` show
// the edges.
import { FLAGS, TIES } from "@/lib/closed_sets";
import type {
  ChildFileView,
  Failure,
  FileHead,
  Item,
  ItemInput,
  Mark,
  PersonView,
  SearchView,
  TieView,
  TimelineLine,
  TimelineWhat,
} from "../src/lib/bindings";
import { CHECKED_BY } from "../src/lib/closed_sets";
import type { Answers } from "./fake";
import { person, tie } from "./files-people";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
// fake.ts reads this file first, so that its own helpers are not there yet.
const at = (ms: number): string => new Date(Date.now() + ms).toISOString();
const dayAt = (ms: number): string => at(ms).slice(0, 10);
const query = new URLSearchParams(window.location.search);
const kind = query.get("file") ?? "";
const LONG = "Alexandrina Wilhelmina-Featherstonehaugh Sampleton-Notreal";

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

let sequence = 0;
const line = (what: TimelineWhat, ago: number, more: Partial<TimelineLine> = {}): TimelineLine => ({
  entry: `entry-${++sequence}`,
  sequence,
  occurred: { known: "moment", at: at(-ago) },
  placed: null,
  copied_from: null,
  file: null,
  recorded_at: at(-ago + 20 * MINUTE),
  clock_doubtful: false,
  author: "Nia Exampleton",
  what,
  ...more,
});

const item = (mark: Mark, text: string, more: Partial<Extract<TimelineWhat, { what: "item" }>> = {}) =>
  ({
    what: "item",
    id: `item-${sequence + 1}`,
    mark,
    source: "visit",
    text,
    by: "",
    about: ["Ayla Sampleton"],
    about_ids: ["ayla"],
    labels: [],
    history: [],
    visit: null,
    withdrawn: null,
    ...more,
  }) satisfies TimelineWhat;

const childName = kind === "long" ? LONG : "Ayla Sampleton";

const people: PersonView[] = [
  person("jo", "Jo Sampleton", "parent", { phone: "07700 900 118", address: "2 Sample Weir, Northmere" }, [
    {
      flag: {
        id: "flag-1",
        person: "jo",
        kind: "do_not_post",
        reason: "Corey opens the letters. Ring Jo after 10:00.",
        review: dayAt(28 * DAY),
      },
      set_at: at(-7 * DAY),
      set_by: "Nia Exampleton",
    },
  ]),
  person("dale", "Dale Madeup", "parent", { phone: "01632 960 155" }),
  person("corey", "Corey Notreal", "other_adult"),
  person("wren", "Wren Madeup", "other_adult"),
  person(
    "kit",
    kind === "long" ? `${LONG} the younger` : "Kit Sampleton",
    "child",
    {
      birth: { known: "born", on: dayAt(-3.4 * 365 * DAY) },
    },
    [],
    3,
  ),
  person("pat", "Pat Mockford", "practitioner", { agency: "Safeguarding lead, Made-up Lane Primary" }),
  person("imani", "Dr Imani Fictive", "practitioner", { agency: "Family doctor" }),
];
if (kind === "long")
  people.push(
    ...["Ash", "Bo", "Cai"].map((name) =>
      person(
        name,
        `${name} Sampleton`,
        "child",
        { birth: { known: "about", years: 10, on: dayAt(0) } },
        [],
        10,
      ),
    ),
  );

const ties: TieView[] = [
  tie("jo", "ayla", "mother", { parental_responsibility: "holds", same_home: true }),
  tie("dale", "ayla", "father", { parental_responsibility: "holds" }),
  tie("jo", "kit", "mother", { parental_responsibility: "holds", same_home: true }),
  tie("dale", "kit", "father", { parental_responsibility: "not_known" }),
  tie("corey", "jo", "partner", { same_home: true }),
  tie("wren", "dale", "mother"),
  tie("kit", "ayla", "sibling", { same_home: true }),
  tie("pat", "ayla", "professional"),
  tie("imani", "ayla", "professional"),
  ...(kind === "long" ? ["Ash", "Bo", "Cai"].map((id) => tie(id, "ayla", "sibling")) : []),
];

const told = [
  line(
    item("fact", "No adult was at home when I called. Ayla opened the door. Jo came back at 10:05."),
    6 * DAY,
  ),
  line(
    item("reported", "I make Kit’s tea when it gets dark.", {
      by: "Ayla",
      about: ["Ayla Sampleton", "Kit Sampleton"],
      history: [
        { was: "I make tea when it gets dark.", reason: "I left a word out.", at: at(-5 * DAY) },
        { was: "Ayla makes tea.", reason: "These are her own words.", at: at(-5.5 * DAY) },
      ],
    }),
    6 * DAY + MINUTE,
  ),
  line(
    item("opinion", "Jo seems more tired than in February and would accept help.", {
      by: "As health visitor",
    }),
    6 * DAY,
    {
      occurred: { known: "day", on: dayAt(-6 * DAY) },
    },
  ),
  line(
    item("fact", "Ayla had a plaster cast on the left arm.", {
      withdrawn: "It was another child of that name.",
    }),
    9 * DAY,
    { occurred: { known: "unknown", words: "before half term" } },
  ),
  line(
    {
      what: "decision",
      id: "decision-1",
      decided: "share-without-consent",
      advised: "share-limited",
      recipient: "Northmere front door",
    },
    11 * DAY,
  ),
  line(
    {
      what: "disclosure",
      id: "d1",
      recipient: "Pat Mockford",
      text: "Two items on mornings and meals",
      route: "secure_email",
      went: { held: 40, goes: 7, nameless: 1, stays: 32, open: 0 },
    },
    12 * DAY,
  ),
  line(
    { what: "advice", adviser: "Robin Nosuch, named nurse", text: "Ring the front door today." },
    12 * DAY,
  ),
  line(
    {
      what: "emergency",
      id: "emergency-1",
      told: "Ayla was alone on the weir at dusk.",
      who: "999",
      written_up: false,
    },
    20 * DAY,
  ),
  line(
    { what: "other", kind: "flag_set", name: "Jo Sampleton", reason: "Corey opens the letters." },
    21 * DAY,
  ),
  line(
    { what: "other", kind: "case_opened", name: childName, reason: "New family on the caseload" },
    30 * DAY,
  ),
  line({ what: "unknown", kind: "moon_phase" }, 31 * DAY),
];

let file: ChildFileView = {
  case: "case-ayla",
  kind: "family",
  nation: "england",
  reference: "NCH-2210",
  reason: "New family on the caseload",
  joined: null,
  flags: [],
  opened_at: at(-30 * DAY),
  telling: [],
  child: person(
    "ayla",
    childName,
    "child",
    {
      birth: { known: "born", on: "2019-06-04" },
      identifiers: [{ kind: "nhs_number", value: "9990412332" }],
      address: "2 Sample Weir, Northmere",
    },
    [],
    7,
  ),
  people: kind === "empty" ? [] : people,
  ties: kind === "empty" ? [] : ties,
  timeline:
    kind === "empty"
      ? told.slice(9, 10)
      : kind === "long"
        ? [
            ...told,
            ...Array.from({ length: 60 }, (_, n) =>
              line(item("fact", `Visit ${n + 1}: all well.`), (40 + n) * DAY),
            ),
          ]
        : told,
  decisions:
    kind === "empty"
      ? []
      : [
          {
            id: "decision-2",
            child: childName,
            restricted: null,
            signed: false,
            decided: null,
            at_question: 6,
            asks: "Has Jo agreed?",
            advised: null,
            worries: [],
            trigger: "worry" as const,
            door: null,
            at: at(-20 * MINUTE),
          },
          {
            id: "decision-1",
            child: childName,
            restricted: null,
            signed: true,
            decided: "share-without-consent",
            at_question: null,
            asks: "Has Jo agreed?",
            advised: null,
            worries: [],
            trigger: "worry" as const,
            door: null,
            at: at(-11 * DAY),
          },
        ],
  disclosures:
    kind === "empty"
      ? []
      : [
          {
            id: "d1",
            recipient: "Pat Mockford",
            recipient_role: "Safeguarding lead, Made-up Lane Primary",
            what: "Two items on mornings and meals",
            why: "So that breakfast club is offered",
            route: "secure_email",
            limits: "Not for the whole staff",
            at: at(-12 * DAY),
            went: { held: 40, goes: 7, nameless: 1, stays: 32, open: 0 },
          },
        ],
  protects: kind !== "empty",
  restricted: null,
  to_do:
    kind === "empty"
      ? []
      : [
          {
            id: "o2",
            duty: "explain",
            card: "telling",
            title: "Tell Jo Sampleton that you are sharing, and why",
            hint: "Or say why it is unsafe",
            case: "case-ayla",
            child: childName,
            restricted: null,
            decision: "decision-1",
            emergency: null,
            due: at(3 * HOUR),
            overdue: false,
            due_now: false,
            careful: [],
            call: null,
            notice: false,
            statement: null,
            takes_words: false,
            drops_at_once: true,
            state: "outstanding",
            note: "",
            protects: false,
            apart: "",
          },
        ],
};
if (query.has("nodraft")) file.decisions = file.decisions.filter((one) => one.signed);

const fails = query.has("fail");
const kept = () => (fails ? no("disk_full", null) : null);
const keptAs = (id: string) => () => (fails ? no("disk_full", null) : id);

/** What a form about the file asks for. */
const head = (): FileHead => ({
  case: file.case,
  kind: file.kind,
  nation: file.nation,
  reference: file.reference,
  reason: file.reason,
  opened_at: file.opened_at,
  child: file.child,
  telling: file.telling,
  people: file.people,
  ties: file.ties,
  decisions: file.decisions.filter((one) => one.signed),
  begun: null,
  restricted: file.restricted,
  flags: [file.child, ...file.people].flatMap((one) =>
    one.flags.map(({ flag }) => ({ ...flag, name: one.person.name })),
  ),
});

/** An item as it stands; withdrawn ones are not there. */
const itemOf = (id: string): Item => {
  const found = file.timeline.find(
    ({ what: one }) => one.what === "item" && one.id === id && one.withdrawn === null,
  );
  if (found?.what.what !== "item") return no("not_found", null);
  const { mark, source, text, by, about_ids: about, labels } = found.what;
  return { id, mark, source, text, by, about, occurred: found.occurred, labels };
};

export const answers: Answers = {
  child_file: ({ file: id }) => (id === "gone" ? no("not_found", null) : file),
  file_head: ({ file: id }) => (id === "gone" ? no("not_found", null) : head()),
  item_of: ({ id }) => itemOf(String(id)),
  joining: () => ({
    name: "Ayla Sampleton",
    birth: { known: "born", on: "2019-06-04" },
    address: "2 Elm Row, Fablewell",
    identifiers: [{ kind: "nhs_number", value: "9990412332" }],
    joined: null,
    possible: [],
  }),
  join_files: () => "join-1",
  part_files: () => null,
  open_case: () => (fails ? no("bad_identifier", "identifiers") : "case-ayla"),
  amend_case: kept,
  add_person: keptAs("person-new"),
  amend_person: kept,
  add_tie: keptAs("tie-new"),
  end_tie: kept,
  set_flags: keptAs("flag-new"),
  lift_flag: kept,
  flag_reviews: () => FLAGS.map((kind) => ({ kind, on: "2027-3-1" })),
  address_stays_whole: () => false,
  tie_kinds: () => TIES.map((kind) => ({ kind, role: kind === "sibling" ? null : "parent" })),
  to_copy: () => ({
    name: "Jo Sampleton",
    text: "",
    when: "",
    mark: null,
    parts: [
      { part: { part: "address" }, text: "3 Larch Road, Fablewell", flag: null, names: [], goes: true },
      { part: { part: "phone" }, text: "01632 960999", flag: null, names: [], goes: true },
      { part: { part: "flag", id: "flag-1" }, text: "", flag: "do_not_post", names: [], goes: true },
      {
        part: { part: "reason", id: "flag-1" },
        text: "Ayla is shouted at over letters.",
        flag: null,
        names: ["Ayla Sampleton"],
        goes: false,
      },
    ],
    concerns: [],
    likely: [],
  }),
  copy: kept,
  nation_warning: ({ nation }) => (nation === "england" ? null : { own: "england", numbers: [], begun: 1 }),
  visit_of: () => ({
    occurred: { known: "day", on: "2026-10-5" },
    source: "visit",
    place: "",
    there: [],
    others: "",
    alone: null,
  }),
  add_visit: keptAs("visit-new"),
  add_lines: kept,
  amend_visit: kept,
  add_item: ({ item: typed }) => {
    if (fails) return no("bad_date", "occurred");
    const { mark, text, by, source } = typed as ItemInput;
    file = {
      ...file,
      timeline: [line(item(mark ?? "fact", text, { by, source: source ?? "other" }), 0), ...file.timeline],
    };
    return "item-new";
  },
  amend_item: kept,
  withdraw_item: kept,
  record_advice: () => (fails ? no("names_protected", "adviser") : "advice-new"),
  shares_to_record: () => [],
  identity_checks: () => CHECKED_BY.map((by, index) => ({ by, is_a_check: index < 4 })),
  record_disclosure: () => (fails ? no("not_an_option", "limits") : "disclosure-new"),
  save_restricted_sheet: () => (fails ? no("nobody_protected", null) : null),
  leftovers_in_file: () => [],
  leftovers_in_decision: () => [],
  leftovers_in_share: () => [],
  answer_leftovers: kept,
  save_file_summary: () => (fails ? no("file_not_written", null) : null),
  search: ({ query: asked }): SearchView => {
    const text = String(asked);
    const none = text.startsWith("zz");
    return {
      query: text,
      children: none
        ? []
        : [
            {
              case: "case-ayla",
              kind: "family",
              name: childName,
              birth: file.child.person.birth,
              age: 7,
              flagged: true,
              last_kind: "item_recorded",
              last_at: at(-HOUR),
              to_do: 2,
              telling: [],
              alike: 0,
            },
          ],
      also: [],
      hits: none
        ? []
        : [
            {
              entry: "entry-1",
              case: "case-ayla",
              decision: null,
              child: childName,
              kind: "item",
              pieces: ["No adult was at home when I called. ", text, " opened the door."],
              recorded_at: at(-6 * DAY),
              flagged: true,
              withheld: false,
            },
            {
              entry: "entry-2",
              case: "case-tobi",
              decision: "decision-1",
              child: "Tobi Notreal",
              kind: "decision",
              pieces: ["Share without permission, since ", text, " and others are at risk"],
              recorded_at: at(-16 * DAY),
              flagged: false,
              withheld: false,
            },
          ],
      more: !none,
    };
  },
};
