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

/** Somebody is being asked. A second press of the same button, before the dialog stands, opens no second one: a paper
    is saved once, and a handover frozen once. */
let asking = false;

/** Asks where to save; nothing where nobody wants to, or while it is asked already. */
export async function chooseSavePath(suggested: string, kind: string): Promise<Where> {
  if (asking) return { status: "ok", data: null };
  asking = true;
  try {
    return await where(suggested, kind);
  } finally {
    asking = false;
  }
}

async function where(suggested: string, kind: string): Promise<Where> {
  const reply = await commands.chooseSavePath(suggested, kind);
  if (reply.status === "error") return reply;
  if (!reply.data) return { status: "ok", data: null };
  const { path, replaces } = reply.data;
  return { status: "ok", data: !replaces || (await replacing.ask(path)) ? path : null };
}
