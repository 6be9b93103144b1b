// An invented replay, a map and who may ask, for the pages that the other answers do not reach.
import type { FlowView, LibraryView, ReplayView, RequesterView } from "../src/lib/bindings";
import { at, dayAt, type Answers } from "./fake";

const pack = { nation: "england", version: "2015-03", overlay: null } as const;

const replay = (): ReplayView => ({
  decision: "decision-1",
  case: "case-ayla",
  child: "Ayla Sampleton",
  number: 3,
  on: dayAt(0),
  pack,
  provenance: "Assembled from invented advice",
  heading: "Share without agreement",
  kind: "share-without-consent",
  asked: [
    {
      number: 1,
      step: {
        id: "danger",
        kind: "yes_no_not_sure",
        question: "Is Ayla in danger right now?",
        hint: "Ring first",
        why: "Safety first",
        options: [
          {
            value: "no",
            label: "No",
            hint: "",
            words: null,
            words_required: false,
            not_sure: false,
            exclusive: false,
          },
        ],
        sources: [],
        unconfirmed: false,
        optional: false,
        after_advice: false,
        help: [],
      },
      chosen: ["no"],
      answer: { is: "chosen", labels: ["No"], words: "Seen at home" },
      at: at(0),
    },
    {
      number: 2,
      step: {
        id: "tell",
        kind: "each_person",
        question: "Who is told?",
        hint: "",
        why: "",
        options: [],
        sources: [],
        unconfirmed: false,
        optional: false,
        after_advice: false,
        help: [],
      },
      chosen: [],
      answer: {
        is: "each_person",
        rows: [{ name: "Jo Sampleton", label: "Tell later", words: "Once social care agree" }],
      },
      at: at(0),
    },
    {
      number: 3,
      step: {
        id: "adviser",
        kind: "adviser",
        question: "What did the lead say?",
        hint: "",
        why: "",
        options: [],
        sources: [],
        unconfirmed: false,
        optional: false,
        after_advice: false,
        help: [],
      },
      chosen: [],
      answer: { is: "adviser", who: "Pat Mockford", result: "agrees", said: "Ring today" },
      at: at(0),
    },
  ],
  now: {
    pack: { ...pack, version: "2024-05", overlay: "fablewell 2026-11" },
    on: dayAt(0),
    heading: "Share part of it",
    kind: "share-limited",
    same_advice: false,
    next: null,
    asked_no_more: ["Was it asked before?"],
    reworded: [["Is she safe?", "Is Ayla safe?"]],
    duties_gone: ["Ring again"],
    duties_new: ["Write it down"],
    grounds: [{ gate: "power", before: "An old act", after: "A new act" }],
  },
});

const map = (): FlowView => ({
  nation: "england",
  decision: null,
  pack,
  provenance: "Assembled from invented advice",
  questions: [
    {
      step: "danger",
      number: 1,
      question: "Is the child in danger right now?",
      only: "",
      sources: "S 1",
      unconfirmed: true,
      after_advice: false,
      taken: true,
      ways: [
        {
          when: "Yes",
          advises: "Ring 999",
          kind: "emergency-share",
          to: 2,
          to_question: "Told",
          taken: true,
        },
        { when: "", advises: null, kind: null, to: null, to_question: null, taken: false },
      ],
    },
  ],
  svg: "<svg xmlns='http://www.w3.org/2000/svg'></svg>",
  reviews: [],
  sources: [],
});

const requesters = (): RequesterView[] => [
  { id: "police", name: "The police", first: "Ask for the form", verify: "Ring back", sources: [] },
];

const library = (): LibraryView => ({
  nation: "england",
  pack,
  articles: [{ id: "rules", kind: "rules", title: "Golden rules", body: "Seven of them" }],
});

export const answers: Answers = {
  library,
  said_here: () => [],
  replay,
  flow_map: map,
  decision_map: map,
  requesters,
};
