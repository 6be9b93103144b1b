// Where the focus goes once a duty is closed: to the next that is open, as one would look.
import { tick } from "svelte";

const open = (box: HTMLElement) => box.getAttribute("aria-checked") !== "true";

export async function focusNext(from: HTMLElement | undefined): Promise<void> {
  const boxes = [...document.querySelectorAll<HTMLElement>("main [data-tick]")];
  const at = from ? boxes.indexOf(from) : -1;
  const next = boxes.slice(at + 1).find(open) ?? boxes.slice(0, Math.max(at, 0)).reverse().find(open);
  await tick();
  (next ?? document.querySelector<HTMLElement>("main h1"))?.focus();
}
