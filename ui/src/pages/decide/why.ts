// Why we ask stands open until somebody closes it, for each question separately; then it stays as it was
// left. Kept in the vault, since the window forgets everything.
import { commands } from "@/lib/bindings";

const NOTE = "why-closed";
let closed: Set<string> | undefined;

/** Whether the reason of a question stands open. */
export async function whyOpen(step: string): Promise<boolean> {
  if (!closed) {
    const reply = await commands.note(NOTE);
    let saved: unknown;
    try {
      saved = reply.status === "ok" && reply.data ? JSON.parse(reply.data) : [];
    } catch {
      saved = [];
    }
    closed = new Set(Array.isArray(saved) ? saved.map(String) : []);
  }
  return !closed.has(step);
}

/** Remembers how it was left. */
export function leaveWhy(step: string, open: boolean): void {
  if (!closed || closed.has(step) === !open) return;
  if (open) closed.delete(step);
  else closed.add(step);
  void commands.saveNote(NOTE, JSON.stringify([...closed]));
}
