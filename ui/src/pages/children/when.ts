// When something happened, as it is typed: a day, a moment, a month, or not known in one's own words.
import type { Occurred, Twice, WhenTyped } from "@/lib/bindings";
import { TWICE } from "@/lib/closed_sets";
import { oneOf } from "@/lib/choose";
import { fromDay, isoDay, time, typedDay, whichOfTwo, type Boxes } from "@/lib/dates";

export type When = {
  known: string;
  day: Boxes;
  time: string;
  words: string;
  /** Which of the two, where clocks showed that time twice. */
  twice: Twice | "";
};

/** The boxes for the shell's names of fields. */
export const whenIds = <F extends string>(field: F): Record<string, string> => ({
  [field]: "when",
  [`${field}.day`]: "when-day",
  [`${field}.month`]: "when-day-month",
  [`${field}.year`]: "when-day-year",
  [`${field}.time`]: "when-time",
  [`${field}.twice`]: "when-twice",
});

export const noWhen = (): When => ({ known: "", day: fromDay(null), time: "", words: "", twice: "" });

/** As the boxes show it. */
export function fromOccurred(when: Occurred): When {
  switch (when.known) {
    case "day":
      return { ...noWhen(), known: "day", day: fromDay(when.on) };
    case "moment":
      return {
        ...noWhen(),
        known: "moment",
        day: fromDay(isoDay(when.at)),
        time: time(when.at),
        twice: whichOfTwo(when.at) ?? "",
      };
    case "month":
      return {
        ...noWhen(),
        known: "month",
        day: { day: "", month: String(when.month), year: String(when.year) },
      };
    case "unknown":
      return { ...noWhen(), known: "unknown", words: when.words };
  }
}

/** What stands in the boxes that are shown, for the shell to judge. */
export function toWhen(when: When): WhenTyped | null {
  switch (when.known) {
    case "day":
      return { known: "day", on: typedDay(when.day) };
    case "moment":
      return { known: "moment", on: typedDay(when.day), time: when.time, twice: oneOf(TWICE, when.twice) };
    case "month":
      return { known: "month", year: when.day.year, month: when.day.month };
    case "unknown":
      return { known: "unknown", words: when.words };
    default:
      return null;
  }
}

/** Today, or now, as the boxes show it. */
export const today = (): Boxes => fromDay(isoDay(new Date()));

/** As it was typed, or as the shell spreads what it knows over the boxes. */
export function fromTyped(when: WhenTyped): When {
  switch (when.known) {
    case "day":
      return { ...noWhen(), known: "day", day: fromDay(when.on) };
    case "moment":
      return {
        ...noWhen(),
        known: "moment",
        day: fromDay(when.on),
        time: when.time,
        twice: when.twice ?? "",
      };
    case "month":
      return { ...noWhen(), known: "month", day: { day: "", month: when.month, year: when.year } };
    case "unknown":
      return { ...noWhen(), known: "unknown", words: when.words };
  }
}
