// What was chosen, as the shell takes it, and what there is to choose from wherever it is the same.
import type { Nation } from "./bindings";
import { NATIONS } from "./closed_sets";
import { t } from "./words";

/** What was chosen, where it is one of a closed set; nothing while nothing is. */
export const oneOf = <T extends string>(all: readonly T[], chosen: string | undefined): T | null =>
  all.find((one) => one === chosen) ?? null;

/** Yes or no, as chosen; nothing while nothing is. */
export const yesOrNo = (chosen: string | undefined): boolean | null =>
  chosen === "yes" ? true : chosen === "no" ? false : null;

/** The four nations, to choose from. */
export const nations = (): { value: Nation; label: string }[] =>
  NATIONS.map((value) => ({ value, label: t(`nation.${value}`) }));
