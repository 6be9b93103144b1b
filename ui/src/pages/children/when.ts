// When something happened, as it is typed: a day, a moment, a month, or not known in one's own words.
import type { Moment, Occurred } from "@/lib/bindings";
import { fromDay, isoDay, time, toDay, type Boxes } from "@/lib/dates";

export type When = {
  known: string;
  day: Boxes;
  time: string;
  words: string;
};

export const noWhen = (): When => ({ known: "", day: fromDay(null), time: "", words: "" });

/** A day and a time on the clock in London, with the offset of that day. */
function londonMoment(on: string, clock: string): Moment | null {
  const [hours, minutes] = /^(\d{1,2})[:.](\d{2})$/.exec(clock.trim())?.slice(1).map(Number) ?? [];
  if (hours === undefined || minutes === undefined || hours > 23 || minutes > 59) return null;
  const wall = `${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
  for (const offset of ["+00:00", "+01:00"]) {
    const moment = `${on}T${wall}:00${offset}`;
    if (isoDay(moment) === on && time(moment) === wall) return moment;
  }
  return null;
}

/** As the boxes show it. */
export function fromOccurred(when: Occurred): When {
  switch (when.known) {
    case "day":
      return { ...noWhen(), known: "day", day: fromDay(when.on) };
    case "moment":
      return { ...noWhen(), known: "moment", day: fromDay(isoDay(when.at)), time: time(when.at) };
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

/** As it is stored; none where the boxes do not make one. */
export function toOccurred(when: When): Occurred | null {
  switch (when.known) {
    case "day": {
      const on = toDay(when.day);
      return on ? { known: "day", on } : null;
    }
    case "moment": {
      const on = toDay(when.day);
      const at = on ? londonMoment(on, when.time) : null;
      return at ? { known: "moment", at } : null;
    }
    case "month": {
      const on = toDay({ ...when.day, day: "1" });
      return on ? { known: "month", year: Number(on.slice(0, 4)), month: Number(on.slice(5, 7)) } : null;
    }
    case "unknown":
      return when.words.trim() ? { known: "unknown", words: when.words } : null;
    default:
      return null;
  }
}

/** Today, or now, as the boxes show it. */
export const today = (): When["day"] => fromDay(isoDay(new Date()));
