// What is said to who does not see it: one place of the window that screen readers listen to.
import { untrack } from "svelte";

class Said {
  text = $state("");
}

export const said = new Said();

/** Says a short text, politely. The same text twice is said twice. */
export function announce(text: string): void {
  // Whoever says something does not wait for what is said.
  said.text = untrack(() => said.text) === text ? `${text}\u200B` : text;
}
