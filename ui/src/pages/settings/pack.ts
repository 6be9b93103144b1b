// How facts about a pack are put in words.
import type { SourceCounts } from "@/lib/bindings";
import { t } from "@/lib/words";

/** A hash in groups of four, so that two can be compared and it breaks where the page is narrow. */
export const grouped = (hash: string): string => hash.replace(/(.{4})(?=.)/g, "$1 ");

/** How many sources were read in the original, and how many were not. */
export function sourcesIn(counts: SourceCounts): string {
  const kinds = ["original", "secondary", "local", "unconfirmed"] as const;
  return kinds
    .filter((kind) => counts[kind] > 0)
    .map((kind) => t(`guidance.source.${kind}`, { count: counts[kind] }))
    .join("\n");
}

/** A pack's own words, where no child is meant yet. */
export const unnamed = (text: string): string =>
  text.replaceAll("{child}", t("guidance.child")).replaceAll("{person}", t("guidance.person"));

/** One side of a thing in words: deadlines are codes, the rest is text of the pack. */
export function sideIn(what: string, text: string): string {
  if (!text) return t("guidance.nothing");
  if (what !== "deadline" && what !== "review") return unnamed(text);
  const [code, number] = text.split(":");
  const count = Number(number);
  switch (code) {
    case "now":
    case "end_of_today":
    case "end_of_next_working_day":
      return t(`guidance.deadline.${code}`);
    case "within_hours":
    case "within_days":
    case "within_working_days":
      return t(`guidance.deadline.${code}`, { count });
    default:
      return text;
  }
}
