// What was typed and is not saved yet. A page that keeps a draft says how to save it; leaving the page,
// the lock and the shell's own `flush` all use the same list.
type Save = () => Promise<unknown> | void;

let saves: Save[] = [];

/** Registers how to save what is being typed. Returns how to stop. */
export function onFlush(save: Save): () => void {
  saves.push(save);
  return () => {
    saves = saves.filter((one) => one !== save);
  };
}

/** Saves everything that is being typed. A save that fails does not stop the others. */
export async function flush(): Promise<void> {
  await Promise.allSettled(saves.map((save) => Promise.resolve().then(save)));
}
