// Long work shows itself only after a second, so that quick work does not flicker. Where it is work that the
// shell can tell of, it says how far it is, and can be stopped.
import { commands, type WorkKind } from "./bindings";

const PATIENCE_MS = 1_000;
const LOOK_MS = 250;

/** Whether a piece of work has been running for more than a second, and how far it is. */
export class Slow {
  shown = $state(false);
  running = $state(false);
  /** Steps done, and in all; none where that is not known. */
  done = $state(0);
  total = $state<number>();
  /** It was asked to end, and has not ended yet. */
  stopping = $state(false);
  /** Asks it to end; none where it cannot be stopped. */
  readonly stop: (() => void) | undefined;
  readonly #kind: WorkKind | undefined;

  constructor(kind?: WorkKind) {
    this.#kind = kind;
    if (kind)
      this.stop = () => {
        this.stopping = true;
        void commands.stopWork(kind);
      };
  }

  async watch<T>(work: Promise<T>): Promise<T> {
    this.running = true;
    const patience = setTimeout(() => {
      this.shown = true;
      void this.#look();
    }, PATIENCE_MS);
    const looks = setInterval(() => void this.#look(), LOOK_MS);
    try {
      return await work;
    } finally {
      clearTimeout(patience);
      clearInterval(looks);
      this.shown = false;
      this.running = false;
      this.stopping = false;
      this.done = 0;
      this.total = undefined;
    }
  }

  async #look(): Promise<void> {
    if (!this.#kind || !this.shown) return;
    const reply = await commands.workProgress(this.#kind);
    if (!this.running || reply.status === "error" || !reply.data) return;
    this.done = reply.data.done;
    this.total = reply.data.total ?? undefined;
  }
}
