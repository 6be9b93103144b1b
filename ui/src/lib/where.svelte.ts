// Where a file goes. The system's own dialog asks; where it did not add the ending, and a file of the whole name is
// there already, nobody was asked about that one yet.
import { commands, type Failure } from "./bindings";

class Replacing {
  /** The path that is asked about. */
  path = $state("");
  #answer: ((yes: boolean) => void) | undefined;

  ask(path: string): Promise<boolean> {
    this.path = path;
    return new Promise((answer) => (this.#answer = answer));
  }

  answer = (yes: boolean): void => {
    this.path = "";
    this.#answer?.(yes);
    this.#answer = undefined;
  };
}

export const replacing = new Replacing();

type Where = { status: "ok"; data: string | null } | { status: "error"; error: Failure };

/** Asks where to save; nothing where nobody wants to. */
export async function chooseSavePath(suggested: string, kind: string): Promise<Where> {
  const reply = await commands.chooseSavePath(suggested, kind);
  if (reply.status === "error") return reply;
  if (!reply.data) return { status: "ok", data: null };
  const { path, replaces } = reply.data;
  return { status: "ok", data: !replaces || (await replacing.ask(path)) ? path : null };
}
