// What is asked of the shell, and whose answer counts. Answers come when they come: an earlier question may be answered
// after a later one, or once the page that asked is another. Every page that asks more than once asks through here.

/** Asks, after a pause where one is given, and takes the answer only while the question stands. Gives back what ends
    that: an effect returns it, so that neither an earlier question nor a page that has gone is answered. */
export function asking<A>(ask: () => Promise<A>, take: (answer: A) => void, afterMs = 0): () => void {
  let stands = true;
  const begin = () =>
    void ask().then((answer) => {
      if (stands) take(answer);
    });
  const pause = afterMs > 0 ? setTimeout(begin, afterMs) : undefined;
  if (pause === undefined) begin();
  return () => {
    stands = false;
    clearTimeout(pause);
  };
}

/** What stands on a page after several questions: the answer to the last one. */
export class LastAsked {
  #turn = 0;

  /** Asks for what takes the place of everything before. Nothing where something else was asked meanwhile. */
  async ask<A>(answer: Promise<A>): Promise<A | undefined> {
    const mine = ++this.#turn;
    const given = await answer;
    if (mine !== this.#turn) return undefined;
    // What was asked to be added to the list before this one is not added to this one.
    this.#turn += 1;
    return given;
  }

  /** Asks for what comes behind what stands there. Nothing where something else stands there by then. */
  async more<A>(answer: Promise<A>): Promise<A | undefined> {
    const behind = this.#turn;
    const given = await answer;
    return behind === this.#turn ? given : undefined;
  }
}
