// What was chosen, as the shell takes it, and what there is to choose from wherever it is the same.
import type { FlagKind, ItemSource, Mark, Nation, Route } from "./bindings";
import { FLAGS, MARKS, NATIONS, ROUTES, SOURCES } from "./closed_sets";
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

/** What a safety flag can say, each with what it binds. */
export const flagKinds = (): { value: FlagKind; label: string; hint: string }[] =>
  FLAGS.map((value) => ({
    value,
    label: t(`children.flag.kinds.${value}`),
    hint: t(`children.flag.hints.${value}`),
  }));

/** What an entry can be: fact, opinion or reported. */
export const marks = (): { value: Mark; label: string; hint: string }[] =>
  MARKS.map((value) => ({
    value,
    label: t(`marks.${value}`),
    hint: t(`children.item.mark_hint.${value}`),
  }));

/** Where an entry can come from. */
export const sources = (): { value: ItemSource; label: string }[] =>
  SOURCES.map((value) => ({ value, label: t(`children.source.${value}`) }));

/** By which route something can leave. */
export const routes = (): { value: Route; label: string }[] =>
  ROUTES.map((value) => ({ value, label: t(`children.route.${value}`) }));
