// One form of a page: what is typed, kept as it is typed, sent, and told what is wrong with it. Which fields must
// be there, and which day is one, is the shell's to say: it tells everything at once, by the names of its fields,
// and those are the ids on the page.
import { announce } from "./announce.svelte";
import type { Failure, FieldFailure, Moment } from "./bindings";
import {
  boxOf,
  failureProblems,
  problemAt,
  problemsOf,
  sayings,
  type Problem,
  type Section,
  type Told,
} from "./form";
import { router, type Here } from "./router.svelte";
import { session } from "./session.svelte";
import { kept, NoteTyping } from "./typing.svelte";
import { unsaved } from "./unsaved.svelte";
import { t } from "./words";

/** What a command of the shell answers. */
export type Reply<D> = { status: "ok"; data: D } | { status: "error"; error: Failure };

/** What a box needs to be a field of a form. */
export type Box = {
  id: string;
  error: string | undefined;
  /** What is wrong with a box within it: the month of a day. */
  told: Told;
  oninput: () => void;
  onchange: () => void;
};

export type Options<F, V> = {
  /** What stands in the boxes before anything is typed. */
  empty: F;
  /** The note under which what is typed is kept until it is sent; none where nothing is kept. */
  note?: string | undefined;
  /** Where the catalogue has the words for this form's fields, the first that has them: `need.<field>` where it
      is empty, `bad.<field>` where it is anything else. */
  words: Section | readonly Section[];
  /** The box of a field whose id is not the field's name. */
  ids?: Readonly<Record<string, string>> | undefined;
  /** What the form is about. It is shown once this is here. */
  load?: (() => Promise<Reply<V>>) | undefined;
  /** Fills the boxes from it, before what was typed last time. False where the page goes elsewhere. */
  fill?: ((view: V, values: F) => void | boolean | Promise<void | boolean>) | undefined;
  /** A problem that this page tells in another way. */
  told?: ((fault: FieldFailure) => Problem | undefined) | undefined;
};

export class Form<F extends object, V = true> {
  values: F = $state() as F;
  /** What the form is about, once it is here. */
  view = $state.raw<V>();
  busy = $state(false);
  problems = $state.raw<Problem[]>([]);
  /** Where what is typed is kept. */
  readonly typing: NoteTyping | undefined;
  #options: Options<F, V>;
  /** The page that the form is on. */
  readonly #here: Here = router.here();

  constructor(options: Options<F, V>) {
    this.#options = options;
    this.values = options.empty;
    if (options.note !== undefined) this.typing = new NoteTyping(options.note, () => this.values);
    void this.#load();
  }

  get savedAt(): Moment | null {
    return this.typing?.savedAt ?? null;
  }
  get notSaved(): boolean {
    return this.typing?.notSaved ?? false;
  }

  /** Something was typed or chosen. */
  typed = (): void => this.typing?.typed();

  /** Saves on leaving and before the lock, until the function it returns is called. */
  attach = (): (() => void) | undefined => this.typing?.attach();

  /** What a box needs to be a field of this form. */
  at = (field: string): Box => {
    const id = boxOf(field, this.#options.ids);
    const told: Told = (box) => problemAt(this.problems, box);
    return {
      id,
      error: told(id),
      told,
      oninput: this.typed,
      onchange: this.typed,
    };
  };

  /** Sends the form. What it gave, or nothing where it was refused: then everything that is wrong is told. Where
      it leads is said by `to`. */
  async send<D>(command: () => Promise<Reply<D>>, to?: (data: D) => string): Promise<D | undefined> {
    if (this.busy) return undefined;
    this.busy = true;
    try {
      await this.typing?.keep();
      const reply = await command();
      if (reply.status === "error") {
        this.problems = this.faults(reply.error);
        if (this.#here.left) unsaved.at = this.#here.address;
        return undefined;
      }
      this.problems = [];
      announce(t("parts.saved_now"));
      await this.typing?.sent();
      session.recount();
      if (to) this.#here.go(to(reply.data), { replace: true });
      return reply.data;
    } finally {
      this.busy = false;
    }
  }

  /** What is wrong, in the page's words, each with its box. */
  faults(failure: Failure): Problem[] {
    return failureProblems(failure, (fault) => {
      const field = boxOf(fault.field, this.#options.ids);
      return this.#options.told?.(fault) ?? { field, text: sayings(fault, this.#options.words) };
    });
  }

  async #load(): Promise<void> {
    const { load, fill } = this.#options;
    await kept();
    // Without anything to be about, the form is shown as soon as what was typed last time stands in it.
    const reply: Reply<V> = load ? await load() : { status: "ok", data: true as V };
    if (reply.status === "error") {
      this.problems = problemsOf(reply.error);
      return;
    }
    if ((await fill?.(reply.data, this.values)) === false) return;
    await this.typing?.restore(this.values);
    this.view = reply.data;
  }
}
