// What is being typed, saved as it is typed. Every key press is on disk within half a second; leaving the
// page, the lock and the shell's own flush save at once. A save that fails is tried again with the next.
import { commands, type Failure, type Moment } from "./bindings";
import { onFlush } from "./flush";
import { router } from "./router.svelte";

const SAVE_WITHIN_MS = 400;

/** How many forms hold what is typed and not yet given to the shell. It stands on the page for whoever looks at it
    from outside (`walk/rest.js`): a page that has come to rest has nothing left to save. */
let waiting = 0;
function onItsWay(more: 1 | -1): void {
  waiting += more;
  document.documentElement.toggleAttribute("data-unsaved", waiting > 0);
}

/** The saves that are under way, of whichever form. */
let underWay: readonly Promise<void>[] = [];

/** Once every save that is under way has ended. A page is left before it has saved: the one that comes waits for that,
    or it would show what stood there before. */
export async function kept(): Promise<void> {
  await Promise.all(underWay);
}

type Saved = { status: "ok"; data: Moment | null } | { status: "error"; error: Failure };

/** Saves of one form, one after the other, so that none overtakes another. */
export class Typing {
  savedAt = $state<Moment | null>(null);
  notSaved = $state(false);
  #save: () => Promise<Saved>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #dirty = false;
  #queue: Promise<void> = Promise.resolve();

  constructor(save: () => Promise<Saved>) {
    this.#save = save;
  }

  /** Something was typed. The first key press starts the clock; the next ones do not put it off. */
  typed = (): void => {
    this.#dirty = true;
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => void this.keep(), SAVE_WITHIN_MS);
    onItsWay(1);
  };

  /** Saves now what is not saved yet. */
  keep = (): Promise<void> => {
    this.#stop();
    if (!this.#dirty) return this.#queue;
    this.#dirty = false;
    this.#queue = this.#queue.then(async () => {
      const reply = await this.#save().catch(() => undefined);
      this.notSaved = reply?.status !== "ok";
      if (reply?.status === "ok") this.savedAt = reply.data ?? this.savedAt;
      else this.#dirty = true;
    });
    const save = this.#queue;
    underWay = [...underWay, save];
    void save.then(() => (underWay = underWay.filter((one) => one !== save)));
    return save;
  };

  /** What was typed is part of the record now: nothing is left to save. Waits for a save under way. */
  done = (): Promise<void> => {
    this.#stop();
    this.#dirty = false;
    return this.#queue;
  };

  /** Saves on leaving the page and before the lock, until the function it returns is called. */
  attach = (): (() => void) => {
    const stops = [onFlush(this.keep), router.onLeave(() => void this.keep())];
    return () => stops.forEach((stop) => stop());
  };

  #stop(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    onItsWay(-1);
  }
}

/** A form that is kept as a note of the vault until it is sent. */
export class NoteTyping extends Typing {
  #key: string;

  constructor(key: string, form: () => object) {
    super(() => commands.saveNote(key, JSON.stringify(form())));
    this.#key = key;
  }

  /** Fills a form with what was typed before. Says whether there was anything. */
  async restore(form: object): Promise<boolean> {
    const reply = await commands.note(this.#key);
    return reply.status === "ok" && reply.data ? fill(form, reply.data) : false;
  }

  /** The form is sent: the note is cleared. */
  sent = async (): Promise<void> => {
    await this.done();
    await commands.saveNote(this.#key, "");
  };
}

/** Copies what was kept into a form, each value only where it is of the kind that the form holds. Says whether there
    was anything. */
export function fill(form: object, body: string): boolean {
  let saved: unknown;
  try {
    saved = JSON.parse(body);
  } catch {
    return false;
  }
  return copy(form as Record<string, unknown>, saved);
}

function copy(form: Record<string, unknown>, saved: unknown): boolean {
  if (typeof saved !== "object" || saved === null) return false;
  let any = false;
  for (const [name, now] of Object.entries(form)) {
    const before = (saved as Record<string, unknown>)[name];
    if (before === undefined || typeof before !== typeof now || Array.isArray(before) !== Array.isArray(now))
      continue;
    if (typeof now === "object" && now !== null && !Array.isArray(now))
      any = copy(now as Record<string, unknown>, before) || any;
    else {
      form[name] = before;
      any = true;
    }
  }
  return any;
}
