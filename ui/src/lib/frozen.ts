// While a form saves, what is typed or clicked in it would go into the record without having been on the page that was
// sent. So it is let go: nothing in a form, or in a dialog, changes while its button is busy. The focus stays where it
// is, and the lock, the way out of danger and whatever is marked as free go on.
const EVENTS = [
  "beforeinput",
  "input",
  "change",
  "click",
  "dblclick",
  "mousedown",
  "pointerdown",
  "keydown",
  "keypress",
  "paste",
  "cut",
  "drop",
  "submit",
] as const;

/** Whether something stands in a form or a dialog that is saving. */
export function isFrozen(target: EventTarget | null): boolean {
  if (!(target instanceof Element) || target.closest("[data-free]")) return false;
  const busy = target.closest("form, dialog")?.querySelectorAll('button[aria-disabled="true"]') ?? [];
  return [...busy].some((button) => !button.closest("[data-free]"));
}

/** Keys that move or lead away, and change nothing. */
const MOVES = ["Tab", "Shift", "Control", "Meta", "Alt", "F6"];

/** Holds what is saving until the function it returns is called. */
export function holdFrozen(): () => void {
  const hold = (event: Event) => {
    if (event instanceof KeyboardEvent && MOVES.includes(event.key)) return;
    if (!isFrozen(event.target)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  for (const name of EVENTS) window.addEventListener(name, hold, true);
  return () => {
    for (const name of EVENTS) window.removeEventListener(name, hold, true);
  };
}
