// Invented duties and the cards on which they stand, for the advice that is drawn.
import type { CardSort, CardView, ObligationView } from "../src/lib/bindings";
import { sources } from "./decide-sources";

const at = (ms: number): string => new Date(Date.now() + ms).toISOString();
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export const duty = (key: string, title: string, more: Partial<ObligationView> = {}): ObligationView => ({
  key,
  id: null,
  duty: "verify_recipient",
  title,
  hint: "",
  person: null,
  due: null,
  overdue: false,
  due_now: false,
  careful: [],
  with_act: false,
  takes_words: false,
  drops_at_once: true,
  in_call: false,
  call: false,
  calls: [],
  state: "outstanding",
  note: "",
  sources,
  ...more,
});

const card = (name: CardSort, lines: string[], more: Partial<CardView> = {}): CardView => ({
  card: name,
  calls: false,
  due: null,
  overdue: false,
  due_now: false,
  today: false,
  open: true,
  lines,
  points: [],
  ...more,
});

const point = (key: string, title: string, hint: string) => ({
  key,
  title,
  hint,
  in_call: false,
  careful: [],
  sources,
});

export const cards = (): CardView[] => [
  card("ring", ["act"], {
    calls: true,
    due: at(3 * HOUR),
    today: true,
    points: [
      point("right", "Check that it is the right person", "Ring back on a number you looked up."),
      point("how-much", "Choose only what they need for this", "Leave the rest behind."),
      point("limits", "Say what must stay hidden", "Name roles, not people."),
    ],
  }),
  card("telling", ["tell@p-jo"], { due: at(-HOUR), overdue: true, today: true }),
  card("adviser", ["adviser"]),
  card("written", ["write"], { due: at(DAY) }),
];
