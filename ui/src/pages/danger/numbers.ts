import type { NamedNumber } from "@/lib/bindings";
import { t, tOr } from "@/lib/words";

/** What a number is, with its own name where it has one. */
export function numberName(one: NamedNumber): string {
  const kind = tOr(`danger.kind.${one.kind}`, "danger.kind.other");
  if (!one.name) return kind;
  return one.kind === "police" ? one.name : t("danger.named", { name: one.name, kind });
}
