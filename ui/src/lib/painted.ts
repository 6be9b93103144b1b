// When the page that stands is on the screen: for work that it should not wait for.

/** A window that is covered or minimised paints nothing; the work is not put off for ever. */
const AT_MOST_MS = 300;

/** Settles once a frame with what stands now was painted. */
export function painted(): Promise<void> {
  return new Promise((done) => {
    setTimeout(done, AT_MOST_MS);
    // The first call comes before that frame is painted, the second after it.
    requestAnimationFrame(() => requestAnimationFrame(() => done()));
  });
}
