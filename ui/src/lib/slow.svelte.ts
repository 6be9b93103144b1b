// Long work shows itself only after a second, so that quick work does not flicker.
const PATIENCE_MS = 1_000;

/** Whether a piece of work has been running for more than a second. */
export class Slow {
  shown = $state(false);
  running = $state(false);

  async watch<T>(work: Promise<T>): Promise<T> {
    this.running = true;
    const timer = setTimeout(() => (this.shown = true), PATIENCE_MS);
    try {
      return await work;
    } finally {
      clearTimeout(timer);
      this.shown = false;
      this.running = false;
    }
  }
}
