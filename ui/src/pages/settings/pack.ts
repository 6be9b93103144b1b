// How facts about a pack are put in words.
import type { SidePart, SourceCounts } from "@/lib/bindings";
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

/** One side of a thing, a line each. */
export const sideIn = (parts: SidePart[]): string =>
  parts.length > 0 ? parts.map(partIn).join("\n") : t("guidance.nothing");

function partIn(part: SidePart): string {
  switch (part.is) {
    case "text":
      return unnamed(part.text);
    case "code":
      return part.code;
    case "kind":
      return t(`guidance.kind.${part.kind}`);
    case "not_sure":
      return t(`guidance.not_sure.${part.does}`);
    case "outcome":
      return t(`outcome.kind.${part.kind}`);
    case "duty":
      return t(`outcome.duty.${part.duty}`);
    case "ring":
      return t(`guidance.ring.${part.who}`);
    case "deadline":
      return t(`guidance.deadline.${part.by}`, { count: part.count });
  }
}
