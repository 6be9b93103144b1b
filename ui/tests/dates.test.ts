import { describe, expect, it } from "vitest";
import * as dates from "@/lib/dates";

const now = "2026-03-12T10:42:00+00:00";

describe("days and times", () => {
  it("are shown at London time, whatever the offset they were written with", () => {
    expect(dates.time("2026-07-01T09:00:00+00:00"), "summer time").toBe("10:00");
    expect(dates.time("2026-07-01T10:00:00+01:00")).toBe("10:00");
    expect(dates.isoDay("2026-07-01T23:30:00+00:00"), "past midnight in London").toBe("2026-07-02");
  });

  it("never move a calendar day to its neighbour", () => {
    expect(dates.longDay("2026-03-12")).toBe("Thursday 12 March 2026");
    expect(dates.longDay("2026-06-30")).toBe("Tuesday 30 June 2026");
  });

  it("are told as one would say them", () => {
    expect(dates.dayAndTime("2026-03-12T08:10:00+00:00", now)).toBe("today, 08:10");
    expect(dates.dayWord("2026-03-11", now)).toBe("yesterday");
    expect(dates.dayWord("2026-03-10", now)).toBe("Tuesday");
    expect(dates.dayWord("2026-03-05", now), "a week ago a weekday would mislead").toBe("5 March");
    expect(dates.dayWord("2025-12-05", now), "another year is named").toBe("5 December 2025");
  });

  it("count across the night that is an hour short", () => {
    expect(dates.daysUntil("2026-03-30", "2026-03-28T12:00:00Z")).toBe(2);
  });
});

describe("a deadline", () => {
  const ahead = { overdue: false, due_now: false };
  const late = { overdue: true, due_now: false };

  it("says today, tomorrow, or its day", () => {
    expect(dates.due("2026-03-12T17:00:00+00:00", ahead, now)).toBe("By 17:00 today");
    expect(dates.due("2026-03-13T17:00:00+00:00", ahead, now)).toBe("Tomorrow, 17:00");
    expect(dates.due("2026-03-26T17:00:00+00:00", ahead, now)).toBe("26 March");
  });

  it("says now of what is to be done at once, and no time", () => {
    expect(dates.due("2026-03-12T10:41:00+00:00", { overdue: false, due_now: true }, now)).toBe("Now");
  });

  it("says that it has passed, even by a minute", () => {
    expect(dates.due("2026-03-12T10:41:00+00:00", late, now)).toBe("Overdue since 10:41");
    expect(dates.due("2026-03-11T17:00:00+00:00", late, now)).toBe("Overdue since yesterday");
    expect(dates.due("2026-03-05T17:00:00+00:00", late, now)).toBe("Overdue since 5 March");
  });
});

describe("an age", () => {
  it("is in weeks and months while years would say too little", () => {
    expect(dates.age({ known: "born", on: "2026-02-05" }, 0, now)).toBe("5 weeks");
    expect(dates.age({ known: "born", on: "2026-03-11" }, 0, now)).toBe("1 day");
    expect(dates.age({ known: "born", on: "2024-12-12" }, 1, now)).toBe("14 months");
    expect(dates.age({ known: "born", on: "2018-06-04" }, 7, now)).toBe("7 years");
  });

  it("is never made up", () => {
    expect(dates.age({ known: "unknown" }, null, now)).toBe("age not known");
    expect(dates.age({ known: "expected", on: "2026-06-04" }, null, now)).toBe("expected 4 June 2026");
  });
});

describe("a typed day", () => {
  it("goes to the shell as it was typed, and empty boxes as nothing", () => {
    expect(dates.typedDay({ day: " 4", month: "6", year: "2018 " })).toBe("2018-6-4");
    expect(dates.typedDay({ day: "", month: " ", year: "" }), "nothing was typed").toBe("");
    expect(dates.typedDay({ day: "31", month: "4", year: "2026" }), "the shell says that it is none").toBe(
      "2026-4-31",
    );
    expect(dates.typedDay({ day: "", month: "6", year: "" }), "half a day").toBe("-6-");
  });

  it("comes back as it was typed, a pasted one in the box it was pasted into", () => {
    const boxes = { day: "4", month: "March", year: "18" };
    expect(dates.fromDay(dates.typedDay(boxes))).toEqual(boxes);
    for (const day of ["12/03/2026", "12-03-2026", "2026-03-12"]) {
      const pasted = { day, month: "", year: "" };
      expect(dates.fromDay(dates.typedDay(pasted)), day).toEqual(pasted);
    }
  });
});

describe("an hour that clocks show twice", () => {
  it("is told apart, and no other hour is", () => {
    expect(dates.whichOfTwo("2026-10-25T01:30:00+01:00")).toBe("first");
    expect(dates.whichOfTwo("2026-10-25T01:30:00Z")).toBe("second");
    expect(dates.whichOfTwo("2026-10-25T02:30:00Z")).toBeNull();
    expect(dates.whichOfTwo("2026-06-25T01:30:00+01:00")).toBeNull();
  });
});
