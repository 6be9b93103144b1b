// The keyboard table. Single letters do nothing; all but the lock can be switched off in settings.
import type { HideBy, Resize } from "./bindings";

type Shortcut =
  "search" | "danger" | "lock" | "hide" | "help" | "continue" | "another" | "back" | "region" | "regionBack";
export type Actions = Record<Shortcut, () => void>;

const THRICE_MS = 1_000;
const HIDE_KEYS = { shift: "Shift", escape: "Escape" } as const satisfies Record<
  Exclude<HideBy, "off">,
  string
>;

/** On a Mac, Command takes the place of Ctrl. */
export const mac = /mac/i.test(navigator.userAgent);

/** Which shortcut a key press is, other than Shift three times. */
export function shortcutOf(event: KeyboardEvent): Shortcut | undefined {
  const command = mac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
  if (command && !event.altKey && !event.shiftKey) {
    switch (event.key.toLowerCase()) {
      case "k":
        return "search";
      case "e":
        return "danger";
      case "l":
        return "lock";
      case "enter":
        return "continue";
    }
  }
  if (command && !event.altKey && event.shiftKey && event.key === "Enter") return "another";
  if (event.altKey && !event.ctrlKey && !event.metaKey && event.key === "ArrowLeft") return "back";
  if (!event.altKey && !event.ctrlKey && !event.metaKey) {
    if (event.key === "F1") return "help";
    if (event.key === "F6") return event.shiftKey ? "regionBack" : "region";
  }
  return undefined;
}

/** Which size of text a key press asks for. Never switched off: who needs larger text needs the key for it. */
export function resizeOf(event: KeyboardEvent): Resize | undefined {
  if (event.altKey || (mac ? !event.metaKey || event.ctrlKey : !event.ctrlKey || event.metaKey))
    return undefined;
  switch (event.key) {
    case "+":
    case "=":
      return "larger";
    case "-":
    case "_":
      return "smaller";
    case "0":
      return "usual";
    default:
      return undefined;
  }
}

/** Whether an open dialog has the keyboard: then keys act on it, and never on the page behind. */
const dialog = (): HTMLDialogElement | undefined =>
  [...document.querySelectorAll<HTMLDialogElement>("dialog[open]")].at(-1);

/** What may be done over a dialog: the way out of danger, and the lock. */
const OVER_A_DIALOG: readonly Shortcut[] = ["danger", "lock", "hide", "continue"];

/** Listens until the function it returns is called. */
export function listenForKeys(
  actions: Actions,
  enabled: () => boolean,
  hideBy: () => HideBy = () => "shift",
  resize: (how: Resize) => void = () => {},
): () => void {
  let presses: number[] = [];
  const down = (event: KeyboardEvent) => {
    // What a key means while signs are composed is the composer's to say.
    if (event.isComposing) return;
    const by = hideBy();
    if (by !== "off" && event.key === HIDE_KEYS[by]) {
      if (event.repeat) return;
      presses = [...presses, event.timeStamp].filter((at) => event.timeStamp - at < THRICE_MS);
      if (presses.length >= 3) {
        presses = [];
        actions.hide();
      }
      return;
    }
    presses = [];
    const size = resizeOf(event);
    if (size) {
      event.preventDefault();
      resize(size);
      return;
    }
    const shortcut = shortcutOf(event);
    if (!shortcut || (shortcut !== "lock" && !enabled())) return;
    event.preventDefault();
    if (dialog() && !OVER_A_DIALOG.includes(shortcut)) return;
    actions[shortcut]();
  };
  window.addEventListener("keydown", down, true);
  return () => window.removeEventListener("keydown", down, true);
}

/** The regions of the window, in reading order, as far as they are there and shown. */
function regions(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-region]")].filter(
    (region) => region.getClientRects().length > 0,
  );
}

/** Moves the focus to the next or previous region: bar, rail, page, answers. */
export function nextRegion(step: 1 | -1): void {
  const all = regions();
  if (all.length === 0) return;
  // The innermost region counts: the answers stand inside the page.
  const inside = document.activeElement?.closest<HTMLElement>("[data-region]");
  const now = inside ? all.indexOf(inside) : step === 1 ? -1 : all.length;
  const target = all[(now + step + all.length) % all.length];
  const first = target?.querySelector<HTMLElement>(
    'h1[tabindex], a[href], button:not([disabled]), input:not([disabled]), [tabindex="0"]',
  );
  (first ?? target)?.focus();
}

/** Sends the form of the page: the one that holds the focus, or the main one. Over a dialog, the dialog's. */
export function sendForm(): void {
  const asked = dialog();
  if (asked) {
    const form = asked.querySelector("form");
    if (form) form.requestSubmit();
    else asked.querySelector<HTMLElement>("[data-do]")?.click();
    return;
  }
  const held = document.activeElement?.closest<HTMLFormElement>("main form");
  const form = held ?? document.querySelector<HTMLFormElement>("main form[data-main]");
  form?.requestSubmit();
}

/** Adds one more line to the form of the page, where it takes several. */
export function addAnother(): void {
  document.querySelector<HTMLElement>("main form [data-another]")?.click();
}

/** The button at the side of a mouse that means Back in every program that shows pages. */
const BACK_BUTTON = 3;

/** That button is Back, as the link above the page is: what was typed is kept on the way, and a page that steps within
    itself steps. The window's own way back would pass over that. Over a dialog it does nothing. */
export function listenForMouse(back: () => void): () => void {
  const held = (event: MouseEvent) => {
    if (event.button !== BACK_BUTTON) return;
    event.preventDefault();
    if (event.type === "mouseup" && !dialog()) back();
  };
  window.addEventListener("mousedown", held);
  window.addEventListener("mouseup", held);
  return () => {
    window.removeEventListener("mousedown", held);
    window.removeEventListener("mouseup", held);
  };
}
