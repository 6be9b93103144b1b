// Where a duty is done: most on their own page, some on the page of the thing itself.
import { at } from "@/lib/addresses";
import type { ToDoLine } from "@/lib/bindings";

export function dutyPage(line: ToDoLine): string {
  if (line.duty === "write_up" && line.emergency) return at.dangerWriteUp(line.emergency);
  if (line.duty === "separate_file" && line.case) return at.apart(line.case);
  return at.todo(line.id);
}
