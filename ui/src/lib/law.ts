// Since when law is in force, and who confirmed it.

import type { LawConfirmed } from "./bindings";
import { day } from "./dates";
import { t } from "./words";

export function confirmedBy(law: LawConfirmed): string {
  const values = { from: day(law.in_force_from), by: law.by, on: day(law.on) };
  if (law.post === null) return t("outcome.law_confirmed", values);
  return t("outcome.law_confirmed_in", { ...values, post: t(`outcome.law_post.${law.post}`) });
}
