// The story of a file as lines of the page: what each says, when, and which of the filters shows it.
import type { TimelineLine, TimelineWhat } from "@/lib/bindings";
import { isoDay, occurred, shortDay, time } from "@/lib/dates";
import { t, tOr } from "@/lib/words";

export const FILTERS = ["all", "fact", "opinion", "reported", "shared", "decisions"] as const;
type Filter = (typeof FILTERS)[number];

/** Which filter besides *All* shows a line. */
function filterOf(line: TimelineLine): Filter {
  switch (line.what.what) {
    case "item":
      return line.what.mark;
    case "disclosure":
    case "emergency":
      return "shared";
    case "decision":
    case "advice":
      return "decisions";
    case "attachment":
    case "other":
    case "unknown":
      return "all";
  }
}

export const shows = (filter: string, line: TimelineLine): boolean =>
  filter === "all" || filterOf(line) === filter;

/** When it happened at the left; below, the time, or when it was written down where that is another day. */
function whenOf(line: TimelineLine): { date: string; when: string; small: string } {
  const written = line.recorded_at;
  const known = line.occurred;
  if (known.known === "moment") {
    const late = isoDay(known.at) !== isoDay(written);
    return {
      date: isoDay(known.at),
      when: shortDay(known.at),
      small: late ? t("file.written_late", { time: time(known.at), day: shortDay(written) }) : time(known.at),
    };
  }
  if (line.placed) {
    return {
      date: line.placed,
      when: occurred(known),
      small: t("file.placed", { day: shortDay(line.placed), written: shortDay(written) }),
    };
  }
  return {
    date: known.known === "day" ? known.on : "",
    when: occurred(known),
    small:
      known.known === "day" && known.on === isoDay(written)
        ? t("file.written", { time: time(written) })
        : t("file.written_on", { day: shortDay(written) }),
  };
}

type StoryLine = TimelineLine & {
  id: string;
  date: string;
  when: string;
  small: string;
  /** The first line of its visit that is shown. */
  first: boolean;
};

const visitOf = (line: TimelineLine | undefined): string | undefined =>
  line?.what.what === "item" ? line.what.visit?.id : undefined;

/** Where the clock was in doubt, the time is shown with that. */
function small(line: TimelineLine, text: string): string {
  return line.clock_doubtful ? t("file.clock_doubtful", { when: text }) : text;
}

export const storyOf = (lines: readonly TimelineLine[], filter: string): StoryLine[] =>
  lines
    .filter((line) => shows(filter, line))
    .map((line, index, all) => ({
      ...line,
      id: line.entry,
      ...whenOf(line),
      first: visitOf(line) !== undefined && visitOf(line) !== visitOf(all[index - 1]),
    }))
    .map((line) => ({ ...line, small: small(line, line.small) }));

/** What a line says, in one line: for where it is chosen among others. */
export function saidIn(what: TimelineWhat): string {
  switch (what.what) {
    case "item":
      return t("chronology.marked", { mark: t(`marks.${what.mark}`), text: what.text });
    case "attachment":
      return t("chronology.marked", { mark: t("papers.mark"), text: what.text });
    case "decision":
      return t("chronology.marked", {
        mark: t("file.decision"),
        text: t(`outcome.kind.${what.decided}`),
      });
    case "disclosure":
      return t("chronology.marked", {
        mark: t("file.shared"),
        text: t("file.shared_with", { recipient: what.recipient, text: what.text }),
      });
    case "emergency":
      return t("chronology.marked", { mark: t("file.emergency"), text: what.told });
    case "advice":
      return t("chronology.marked", { mark: t("file.advice"), text: what.text });
    case "other":
      return tOr(`file.kind.${what.kind}`, "file.kind.other", { name: what.name });
    case "unknown":
      return t("file.newer");
  }
}
