// The five grounds in the order in which they are asked about.
import type { Grounds } from "@/lib/bindings";

export const GATES = ["power", "lawful_basis", "condition", "confidence", "proportionality"] as const;
/** Every box, the limb behind its condition. */
export const BOXES = [
  "power",
  "lawful_basis",
  "condition",
  "no_consent_limb",
  "confidence",
  "proportionality",
] as const satisfies readonly (keyof Grounds)[];
