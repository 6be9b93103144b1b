// An answer as it stands in the boxes of a question, and as it is stored. Whether it is complete is not
// decided here.
import type {
  AdviserResult,
  Answer,
  Heavier,
  PersonId,
  PointAnswer,
  QuestionView,
  StepView,
  WeighingSide,
} from "@/lib/bindings";
import { fromDay } from "@/lib/dates";

export const NOT_SURE = "not_sure" as const;

/** The row of one person. */
export type Row = { person: PersonId | null; name: string; value: string; reason: string };
/** The row of one point of a checklist. */
type Point = { point: string; value: PointAnswer; words: string };
/** Every box that a question can have. */
export type Form = {
  value: string;
  values: string[];
  words: string;
  text: string;
  date: { day: string; month: string; year: string };
  who: string;
  own: string;
  named: string;
  result: AdviserResult | typeof NOT_SURE;
  said: string;
  heavier: Heavier;
  share: WeighingSide;
  not_share: WeighingSide;
  rows: Row[];
  points: Point[];
};

const side = (): WeighingSide => ({ what: "", likelihood: "", severity: "" });

/** The boxes, filled with what was answered or typed before. */
export function toForm(view: QuestionView): Form {
  const given = view.answer;
  const form: Form = {
    value: "",
    values: [],
    words: "",
    text: "",
    date: fromDay(null),
    who: "",
    own: "",
    named: "",
    result: "",
    said: "",
    heavier: "",
    share: side(),
    not_share: side(),
    rows: [],
    points: [],
  };
  if (view.step.kind === "each_person") form.rows = rows(view);
  if (view.step.kind === "checklist") form.points = points(view);
  form.who = view.advisers.find((one) => one.meant)?.name ?? "";
  if (given === null) return form;
  switch (given.is) {
    case "choice":
      form.value = given.value;
      if (given.value === NOT_SURE) form.result = form.heavier = NOT_SURE;
      form.values = given.value ? [given.value] : [];
      form.words = given.words ?? "";
      break;
    case "choices":
      form.values = given.values;
      form.words = given.words ?? "";
      break;
    case "text":
      form.text = given.text;
      break;
    case "date":
      form.date = fromDay(given.on);
      break;
    case "people":
      form.values = given.people;
      form.words = given.words ?? "";
      break;
    case "items":
      form.values = given.items;
      form.words = given.words ?? "";
      break;
    case "adviser":
      form.who = given.who || form.who;
      form.own = given.own_agency ? "yes" : "no";
      form.named = given.named ? "yes" : "no";
      form.result = given.result;
      form.said = given.said ?? "";
      break;
    case "weighing":
      form.share = { ...given.share };
      form.not_share = { ...given.not_share };
      form.heavier = given.heavier;
      break;
    case "each_person":
    case "checklist":
      break;
  }
  return form;
}

function rows(view: QuestionView): Row[] {
  const given = view.answer?.is === "each_person" ? view.answer.rows : [];
  const known = view.people.map((person) => {
    const row = given.find((one) => one.person === person.id);
    return { person: person.id, name: person.name, value: row?.value ?? "", reason: row?.reason ?? "" };
  });
  const others = given
    .filter((one) => one.person === null)
    .map((one) => ({ person: null, name: one.name, value: one.value, reason: one.reason ?? "" }));
  return [...known, ...others];
}

function points(view: QuestionView): Point[] {
  const given = view.answer?.is === "checklist" ? view.answer.rows : [];
  return view.step.options.map((option) => {
    const row = given.find((one) => one.point === option.value);
    return { point: option.value, value: row?.value ?? "", words: row?.words ?? "" };
  });
}

/** Whether somebody spoke with the adviser, so that what was said belongs to the answer. */
export const spoke = (result: Form["result"]): boolean => result === "agrees" || result === "disagrees";

/** Whether a stored answer can hold half of what is in the boxes. Where not, a note does. */
export const needsNote = (step: StepView): boolean => step.kind === "adviser" || step.kind === "date";

/** What is in the boxes as an answer; none where an answer cannot hold it. While it is being typed
    everything is kept; when it is given, only what belongs to what was chosen. */
export function toAnswer(step: StepView, form: Form, given: boolean): Answer | null {
  const revealed = (values: readonly string[]) =>
    step.options.some((option) => option.words !== null && values.includes(option.value));
  const words = (values: readonly string[]) => (given && !revealed(values) ? "" : form.words);
  if (form.values.includes(NOT_SURE) && (step.kind === "people" || step.kind === "items"))
    return { is: "choice", value: NOT_SURE, words: form.words };
  switch (step.kind) {
    case "yes_no_not_sure":
    case "one_of":
      return { is: "choice", value: form.value, words: words([form.value]) };
    case "many_of":
      return { is: "choices", values: form.values, words: words(form.values) };
    case "text":
      return { is: "text", text: form.text };
    // Which day it is, the shell reads when the answer is given; until then a note keeps what stands in the boxes.
    case "date":
      return null;
    case "people":
      return { is: "people", people: form.values, words: form.words };
    case "items":
      return { is: "items", items: form.values, words: form.words };
    case "adviser": {
      if (form.result === NOT_SURE) return { is: "choice", value: NOT_SURE, words: "" };
      const said = !given || spoke(form.result);
      return {
        is: "adviser",
        who: said || form.result !== "not_asked" ? form.who : "",
        own_agency: said && form.own === "yes",
        named: said && form.named === "yes",
        result: form.result,
        said: said ? form.said : "",
      };
    }
    case "weighing":
      return { is: "weighing", share: form.share, not_share: form.not_share, heavier: form.heavier };
    case "each_person":
      return { is: "each_person", rows: form.rows.filter((row) => row.person !== null || row.name.trim()) };
    case "checklist":
      return { is: "checklist", rows: form.points };
    default:
      return null;
  }
}
