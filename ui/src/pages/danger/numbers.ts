import type { NamedNumber } from "@/lib/bindings";
import { tOr } from "@/lib/words";

/** What a number is, with its own name where it has one. */
export function numberName(one: NamedNumber): string {
  return one.name
    ? tOr(`danger.named.${one.kind}`, "danger.named.other", { name: one.name })
    : tOr(`danger.kind.${one.kind}`, "danger.kind.other");
}
