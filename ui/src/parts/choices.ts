import type { Snippet } from "svelte";

/** One answer of a group. */
export type Choice<V extends string = string> = {
  value: V;
  label: string;
  hint?: string | undefined;
  /** Stands last, after "or". */
  after_or?: boolean | undefined;
  /** Chosen alone: ticking it clears the others. */
  exclusive?: boolean | undefined;
  /** What opens below while it is chosen. */
  reveals?: Snippet<[value: string]> | undefined;
};

/** Picks the nth input of the group that has the focus, for the keys 1 to 9. */
export function pickByNumber(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const target = event.target as HTMLElement;
  if (!(target instanceof HTMLInputElement) || (target.type !== "radio" && target.type !== "checkbox"))
    return;
  if (event.ctrlKey || event.metaKey || event.altKey || !/^[1-9]$/.test(event.key)) return;
  const inputs = event.currentTarget.querySelectorAll<HTMLInputElement>(":scope > div > input");
  const input = inputs[Number(event.key) - 1];
  if (!input) return;
  event.preventDefault();
  input.focus();
  input.click();
}
