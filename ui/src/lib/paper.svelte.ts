// Before a paper is saved: which lines of it have signs that cannot be printed. They are shown once; a second press
// saves it all the same.
import { commands, type WhichPaper } from "@/lib/bindings";
import type { Reply } from "@/lib/form.svelte";

export class Unprinted {
  /** Lines with a sign that would stand as a code. */
  lines = $state.raw<string[]>([]);
  #shown = "";

  /** Whether a paper can be saved now: every sign of it can be printed, or what cannot was shown. */
  async maySave(paper: WhichPaper): Promise<boolean> {
    return this.maySaveSo(paper, () => commands.notPrinted(paper));
  }

  /** The same of a paper that is asked for in another way. */
  async maySaveSo(paper: object, ask: () => Promise<Reply<string[]>>): Promise<boolean> {
    const asked = JSON.stringify(paper);
    const again = this.#shown === asked;
    this.#shown = "";
    this.lines = [];
    if (again) return true;
    const reply = await ask();
    // What is wrong is told by the saving itself.
    if (reply.status === "error" || reply.data.length === 0) return true;
    this.lines = reply.data;
    this.#shown = asked;
    return false;
  }
}
