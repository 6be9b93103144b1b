// What of a file can be ended with a reason, by the word in the address: how, and where it leads back to.
import { at } from "@/lib/addresses";
import { commands, type CaseId } from "@/lib/bindings";
import { oneOf } from "@/lib/choose";

const ENDINGS = {
  flags: { kind: "flag", end: commands.liftFlag, back: at.child },
  ties: { kind: "tie", end: commands.endTie, back: (id: CaseId) => at.childTab(id, "people") },
  papers: { kind: "paper", end: commands.withdrawPaper, back: at.papers },
  entries: { kind: "entry", end: commands.withdrawItem, back: at.child },
} as const;

/** An entry, where the address says nothing else. */
export const endingOf = (what: string | undefined): (typeof ENDINGS)[keyof typeof ENDINGS] =>
  ENDINGS[oneOf(["flags", "ties", "papers"] as const, what ?? "") ?? "entries"];
