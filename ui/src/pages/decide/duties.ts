// A duty in words: the pack's own, or the catalogue's where no pack speaks.
import type { Duty } from "@/lib/bindings";
import { t } from "@/lib/words";

export const titleOf = (duty: { title: string; duty: Duty }): string =>
  duty.title || t(`outcome.duty.${duty.duty}`);
