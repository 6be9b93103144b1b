// What is wrong with a guidance pack, in words.
import type { PackFault } from "./bindings";
import { t } from "./words";

/** What is wrong and where. `place` is where as support needs it, where that is more than the fault itself knows. */
export function faultText(fault: PackFault, place = fault.place): string {
  const what = t(`guidance.fault.${fault.what}`, { number: fault.condition ?? 0 });
  return place ? t("guidance.fault_at", { place, what }) : what;
}
