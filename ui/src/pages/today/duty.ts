// Where a duty is done: most on their own page, some on the page of the thing itself. And how one is called in a list.
import { at } from "@/lib/addresses";
import type { CardSort, SpanCount, ToDoLine } from "@/lib/bindings";
import { t } from "@/lib/words";

export function dutyPage(line: ToDoLine): string {
  if (line.duty === "write_up" && line.emergency) return at.dangerWriteUp(line.emergency);
  if (line.duty === "separate_file" && line.case) return at.apart(line.case);
  if (line.call && line.decision && line.state === "outstanding") return at.call(line.decision, line.call);
  if (line.duty === "confirm_in_writing" && line.case) return at.referral(line.id);
  if (line.notice && line.state === "outstanding") return at.notice(line.id);
  if (line.statement && line.state === "outstanding") return at.statement(line.statement);
  return at.todo(line.id);
}

/** By what name a line's file goes: the child's, or the number of a restricted file. */
export const whose = (line: { child: string; restricted: number | null }): string =>
  line.restricted === null ? line.child : t("restricted.file", { number: line.restricted });

/** A number of duties, as far as they were counted. */
export const counted = (of: SpanCount): string =>
  t(of.or_more ? "duties.or_more" : "duties.number", { count: of.count });

export type CardRows = { key: string; card: CardSort; lines: ToDoLine[] };

/** Lines by the card of their decision: a card stands where the most urgent of its lines stood. */
export function onCards(lines: readonly ToDoLine[]): CardRows[] {
  const rows: CardRows[] = [];
  for (const line of lines) {
    const key = line.decision ? `${line.decision}:${line.card}` : line.id;
    const row = rows.find((one) => one.key === key);
    if (row) row.lines.push(line);
    else rows.push({ key, card: line.card, lines: [line] });
  }
  return rows;
}
