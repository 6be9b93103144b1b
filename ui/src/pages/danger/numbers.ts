import type { NamedNumber } from "@/lib/bindings";
import { t } from "@/lib/words";

/** What a number is, with its own name where it has one. */
export function numberName(one: NamedNumber): string {
  return one.name ? t(`danger.named.${one.kind}`, { name: one.name }) : t(`danger.kind.${one.kind}`);
}
