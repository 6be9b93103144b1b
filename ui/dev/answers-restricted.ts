// An invented restricted file, a countersignature and the doors of a decision, for the pages that the other answers do not reach.
import type {
  ApartLine,
  CountersigningView,
  DoorChangeView,
  DoorsView,
  RestrictedLine,
} from "../src/lib/bindings";
import { WAYS_IN } from "../src/lib/closed_sets";
import { at, type Answers } from "./fake";

const HOUR = 3_600_000;
const query = new URLSearchParams(location.search);

const lines: RestrictedLine[] = query.has("empty")
  ? []
  : [
      {
        case: "restricted-1",
        number: 1,
        opened_at: at(-50 * HOUR),
        last_at: at(-2 * HOUR),
        to_do: 3,
      },
    ];
const held: ApartLine[] = [
  {
    thing: "item-1",
    kind: "item",
    text: "The coach sends messages at night and asks to keep them secret.",
    by: ["Ayla Sampleton"],
    route: null,
    occurred: { known: "day", on: "2026-03-10" },
    recorded_at: at(-60 * HOUR),
    used: true,
    copies: ["Tobi Notreal"],
  },
  {
    thing: "advice-1",
    kind: "advice",
    text: "Rang the front door without names.",
    by: ["Northmere front door"],
    route: null,
    occurred: { known: "unknown", words: "The same day" },
    recorded_at: at(-59 * HOUR),
    used: false,
    copies: [],
  },
];
let asking: CountersigningView = {
  decision: "decision-1",
  child: "Ayla Sampleton",
  number: 3,
  restricted: query.has("restricted") ? 1 : null,
  lead_name: "Ada Mockford",
  lead_phone: "01632 960202",
  asked: null,
  said: [],
  wanted: true,
  fingerprint: "7f3a 91c2 04be 55d0 7f3a 91c2",
};

export const answers: Answers = {
  doors: ({ file }): DoorsView => ({
    doors: WAYS_IN.map((door) => ({
      door,
      opens:
        door === "numbers"
          ? "numbers"
          : !file && (door === "risky-adult" || door === "works-with-children")
            ? "adult"
            : null,
    })),
    unsure: { lead: true, name: "Bea Notional", number: "01632 960 126" },
    waiting: [],
  }),
  door: (): DoorChangeView => ({
    case: "case-ayla",
    child: "Ayla Sampleton",
    restricted: null,
    door: "worried",
    doors: [
      {
        door: "service",
        asks_request: false,
        change: { stay: [], harmless: true, fall_away: [], come_back: [] },
      },
      {
        door: "request",
        asks_request: true,
        change: { stay: [], harmless: true, fall_away: [], come_back: [] },
      },
    ],
  }),
  restricted_files: () => lines,
  open_restricted: () => "case-ayla",
  to_set_apart: () => (query.has("empty") ? [] : held),
  countersigning: () => asking,
  ask_countersignature: ({ path }) =>
    (asking = {
      ...asking,
      asked: { code: ["K7QD", "M2XR", "9HTB", "4WVN"], at: at(0), file_name: String(path) },
    }),
};
