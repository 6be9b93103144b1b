// The two things that the shell tells the window without being asked.
import { listen } from "@tauri-apps/api/event";

/** Locking is near: seconds left. */
export const onLockSoon = (tell: (seconds: number) => void): Promise<() => void> =>
  listen<{ seconds: number }>("lock-soon", (event) => tell(event.payload.seconds));

/** Drafts must be saved now. */
export const onFlushNow = (save: () => void): Promise<() => void> => listen("flush", save);
