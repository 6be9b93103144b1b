// A form about a child's file: what the head of the file says is loaded first, and what is saved leads back to it.
import { at } from "@/lib/addresses";
import { commands, type CaseId, type FileHead } from "@/lib/bindings";
import { Form, type Options, type Reply } from "@/lib/form.svelte";

type FileOptions<F> = Omit<Options<F, FileHead>, "load" | "note"> & {
  /** The note under which what is typed is kept. */
  note: (id: CaseId) => string;
  /** Where it leads: the file, where nothing else is said. */
  back?: (id: CaseId) => string;
};

export class FileForm<F extends object> extends Form<F, FileHead> {
  readonly id: CaseId;
  /** Where Back leads, and the form once it is saved. */
  readonly back: string;

  constructor(
    params: Readonly<Record<string, string | undefined>>,
    { note, back, ...options }: FileOptions<F>,
  ) {
    const id = params["id"] ?? "";
    super({ ...options, note: note(id), load: () => commands.fileHead(id) });
    this.id = id;
    this.back = (back ?? at.child)(id);
  }

  /** Sends the form and goes back. */
  save = (command: () => Promise<Reply<unknown>>): void => void this.send(command, () => this.back);
}
