// Days and times in words. Everything is shown at London time, since deadlines are kept in it.
import type { Birth, Day, DayTyped, Moment, Occurred, Twice } from "./bindings";
import { locale, t } from "./words";

const ZONE = "Europe/London";
const made = new Map<string, Intl.DateTimeFormat>();

function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale() + JSON.stringify(options);
  let found = made.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(locale(), { timeZone: ZONE, ...options });
    made.set(key, found);
  }
  return found;
}

/** A calendar day is read as noon, so that no zone moves it to its neighbour. */
const toDate = (when: Moment | Day | Date): Date =>
  when instanceof Date ? when : new Date(when.length === 10 ? `${when}T12:00:00Z` : when);

/** The day in London as 2026-03-12. */
export function isoDay(when: Moment | Day | Date): string {
  const parts = format({ year: "numeric", month: "2-digit", day: "2-digit" }).formatToParts(toDate(when));
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? "";
  return `${of("year")}-${of("month")}-${of("day")}`;
}

/** 10:42 */
export const time = (when: Moment | Date): string =>
  format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(toDate(when));

/** 12 March 2026 */
export const day = (when: Moment | Day | Date): string =>
  format({ day: "numeric", month: "long", year: "numeric" }).format(toDate(when));

/** Thursday 12 March 2026 */
export const longDay = (when: Moment | Day | Date): string =>
  format({ weekday: "long", day: "numeric", month: "long", year: "numeric" })
    .format(toDate(when))
    .replace(",", "");

/** 12 March, with the year where it is not this year. */
export const shortDay = (when: Moment | Day | Date, now: Moment | Date = new Date()): string =>
  isoDay(when).slice(0, 4) === isoDay(now).slice(0, 4)
    ? format({ day: "numeric", month: "long" }).format(toDate(when))
    : day(when);

const weekday = (when: Moment | Day | Date): string => format({ weekday: "long" }).format(toDate(when));

/** Whole days from `now` to `when`: 0 today, 1 tomorrow, -1 yesterday. */
export const daysUntil = (when: Moment | Day | Date, now: Moment | Date = new Date()): number =>
  Math.round((Date.parse(`${isoDay(when)}T12:00Z`) - Date.parse(`${isoDay(now)}T12:00Z`)) / 86_400_000);

/** Today, yesterday, Tuesday or 5 March: a day in the past as one would say it. */
export function dayWord(when: Moment | Day, now: Moment | Date = new Date()): string {
  const days = daysUntil(when, now);
  if (days === 0) return t("dates.today");
  if (days === -1) return t("dates.yesterday");
  if (days === 1) return t("dates.tomorrow");
  if (days < 0 && days > -7) return t("dates.on_weekday", { day: weekday(when) });
  return t("dates.on_day", { day: shortDay(when, now) });
}

/** today, 10:41 */
export const dayAndTime = (when: Moment, now: Moment | Date = new Date()): string =>
  t("dates.day_time", { day: dayWord(when, now), time: time(when) });

/** Thursday 12 March 2026, 10:53 */
export const full = (when: Moment | Date): string =>
  t("dates.day_time", { day: longDay(when), time: time(when) });

/** Today, 10:41, at the start of a line. */
export function dayAndTimeFirst(when: Moment, now: Moment | Date = new Date()): string {
  const text = dayAndTime(when, now);
  return text.charAt(0).toLocaleUpperCase(locale()) + text.slice(1);
}

/** How something that is due stands, as the shell counts it. */
export type Stands = { overdue: boolean; due_now: boolean };

/** How a deadline stands: the words of its tag. Whether it is overdue is said by whoever counts it. */
export function due(when: Moment, stands: Stands, now: Moment | Date = new Date()): string {
  const days = daysUntil(when, now);
  if (stands.due_now) return t("dates.now");
  if (stands.overdue)
    return t(days === 0 ? "dates.overdue_since_time" : "dates.overdue_since", {
      day: days === -1 ? t("dates.yesterday") : shortDay(when, now),
      time: time(when),
    });
  if (days === 0) return t("dates.by_today", { time: time(when) });
  if (days === 1) return t("dates.by_tomorrow", { time: time(when) });
  return shortDay(when, now);
}

/** When something happened, as far as it is known. */
export function occurred(when: Occurred, now: Moment | Date = new Date()): string {
  switch (when.known) {
    case "day":
      return shortDay(when.on, now);
    case "moment":
      return t("dates.day_time", { day: shortDay(when.at, now), time: time(when.at) });
    case "month":
      return format({ month: "long", year: "numeric" }).format(
        new Date(Date.UTC(when.year, when.month - 1, 15, 12)),
      );
    case "unknown":
      return when.words || t("dates.not_known");
  }
}

/** An age as one would say it: 7 years, 5 weeks, expected on 4 June 2027. */
export function age(birth: Birth, years: number | null, now: Moment | Date = new Date()): string {
  switch (birth.known) {
    case "born": {
      const days = -daysUntil(birth.on, now);
      if (days < 14) return t("dates.age_days", { count: Math.max(0, days) });
      if (days < 91) return t("dates.age_weeks", { count: Math.floor(days / 7) });
      if (years === null || years < 2) return t("dates.age_months", { count: Math.floor(days / 30.44) });
      return t("dates.age_years", { count: years });
    }
    case "about":
      return t("dates.age_about", { count: years ?? birth.years });
    case "expected":
      return t("dates.expected", { day: day(birth.on) });
    case "unknown":
      return t("dates.age_not_known");
  }
}

/** Born 4 June 2018, for the head of a file. */
export function born(birth: Birth): string {
  switch (birth.known) {
    case "born":
      return t("dates.born", { day: day(birth.on) });
    case "expected":
      return t("dates.expected", { day: day(birth.on) });
    case "about":
      return t("dates.about_on", { count: birth.years, day: day(birth.on) });
    case "unknown":
      return t("dates.birth_not_known");
  }
}

/** Three boxes for a day, as they are typed. */
export type Boxes = { day: string; month: string; year: string };

/** What stands in the three boxes, for the shell to judge: 2026-3-12, or nonsense; empty where nothing does. */
export function typedDay(parts: Boxes): DayTyped {
  const [year, month, day] = [parts.year, parts.month, parts.day].map((part) => part.trim());
  return year || month || day ? `${year}-${month}-${day}` : "";
}

/** Which of two times that clocks show alike a moment is, in the night in which they go back. */
export function whichOfTwo(at: Moment): Twice | null {
  const shown = (hours: number) => {
    const then = new Date(Date.parse(at) + hours * 3_600_000);
    return `${isoDay(then)} ${time(then)}`;
  };
  if (shown(0) === shown(1)) return "first";
  return shown(0) === shown(-1) ? "second" : null;
}

/** A day as day, month and year, for typing over. */
export function fromDay(on: DayTyped | null): Boxes {
  const [y = "", m = "", d = "", more] = on?.split("-") ?? [];
  // A date that was pasted in one piece, with hyphens of its own, stands in the first box as it was.
  if (more !== undefined) return { day: on?.replace(/^--/, "") ?? "", month: "", year: "" };
  return { day: d.replace(/^0/, ""), month: m.replace(/^0/, ""), year: y };
}
