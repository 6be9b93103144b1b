// The one state that every page shares: whether the vault is open, who uses it, what waits.
import { commands, type LockReason, type SessionView } from "./bindings";
import { flush } from "./flush";
import { painted } from "./painted";
import { router } from "./router.svelte";
import { useTheme } from "./theme";
import { useLanguage } from "./words";

declare global {
  interface Window {
    standsAtFirst?: SessionView;
  }
}

const FLUSH_MS = 250;
const STILL_HERE_MS = 5_000;

class Session {
  view = $state<SessionView>();
  /** Set at once when locking begins: the pages are taken down, not covered. */
  locking = $state(false);
  /** The vault was just made or recovered: its code is being shown and typed back. */
  settingUp = $state(false);
  /** The session could not even be asked for. */
  failed = $state(false);
  /** How often the language changed: what was said in the one before is said again. */
  spoken = $state(0);
  #lastTold = 0;

  take(view: SessionView): void {
    this.view = view;
    useTheme(view.settings.theme);
    if (useLanguage(view.settings.language ?? "")) this.spoken += 1;
  }

  /** The shell lays where it stands beside the page (`window.rs`), so that the first words wait for nothing. */
  async begin(): Promise<void> {
    const first = window.standsAtFirst;
    if (!first) return this.refresh();
    this.take(first);
    // A page that is loaded again finds what stood there at first.
    void painted().then(() => this.refresh());
  }

  async refresh(): Promise<void> {
    try {
      const reply = await commands.session();
      if (reply.status === "ok") this.take(reply.data);
      else this.failed = true;
    } catch {
      this.failed = true;
    }
  }

  /** Where to go on after unlocking: where the window stopped, or `home`. */
  resume(home: string): string {
    const address = this.view?.resume ?? "";
    return address.startsWith("/") && address.length > 1 ? address : home;
  }

  /** Counts in the rail change after most acts; nothing on the page waits for them. */
  recount(): void {
    void this.refresh();
  }

  /** Tells the shell that somebody is there, at most every five seconds. */
  stillHere(now: number = Date.now(), always = false): void {
    if ((this.view?.phase !== "open" && !this.settingUp) || (!always && now - this.#lastTold < STILL_HERE_MS))
      return;
    this.#lastTold = now;
    void commands.stillHere();
  }

  /** The shell locks: save what is being typed, say so, take the pages down. */
  async sealForLock(): Promise<void> {
    await flush();
    await commands.flushed(router.address);
    this.locking = true;
  }

  /** Saves what is being typed, takes the pages down and locks. The program starts again, locked. */
  async lock(reason: LockReason): Promise<void> {
    if (this.view?.phase !== "open" || this.locking) return;
    // What is still being composed belongs to the box before the box is sealed.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    const saved = flush();
    this.locking = true;
    await Promise.race([saved, new Promise((done) => setTimeout(done, FLUSH_MS))]);
    const reply = await commands.lock(reason, router.address);
    if (reply.status === "error") {
      this.locking = false;
      this.failed = true;
    }
  }
}

export const session = new Session();
