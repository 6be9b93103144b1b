// What the shell and the platform tell the window without being asked.
import { listen } from "@tauri-apps/api/event";
/** A right that the page has not, as the platform says so: what was asked for is not done, and nothing is broken. A
    resized window that is not drawn yet is no fault either. */
export const isHarmless = (reason: unknown): boolean =>
  /not allowed|ResizeObserver loop/.test(reason instanceof Error ? reason.message : String(reason));

/** Locking is near: seconds left. */
export const onLockSoon = (tell: (seconds: number) => void): Promise<() => void> =>
  listen<{ seconds: number }>("lock-soon", (event) => tell(event.payload.seconds));

/** Drafts must be saved now. */
export const onFlushNow = (save: () => void): Promise<() => void> => listen("flush", save);

/** Files that are dropped on the window, by their paths, while a page that takes files in is there. Gives what ends it. */
export function onDropped(take: (paths: string[]) => void): () => void {
  let ended = false;
  // The platform's own event: it tells paths, and the page never reads a file itself.
  const stop = listen<{ paths: string[] }>("tauri://drag-drop", ({ payload }) => {
    if (!ended && payload.paths.length > 0) take(payload.paths);
  });
  return () => {
    ended = true;
    void stop.then((end) => end());
  };
}
