// Sources of a question, for drawing.
import type { SourceView } from "../src/lib/bindings";

export const sources: SourceView[] = [
  {
    code: "S48",
    title: "Information sharing: advice for practitioners",
    publisher: "HM Government",
    year: "2024",
    place: "page 9",
    address: "",
    confirmed: true,
    note: "",
  },
  {
    code: "CWSA4 s16LA",
    title: "Children’s wellbeing and schools law",
    publisher: "Parliament",
    year: "2026",
    place: "section 4",
    address: "",
    confirmed: false,
    note: "",
  },
];
