// The five grounds in the order in which they are asked about.
import type { Grounds } from "@/lib/bindings";
import { GATES as ALL } from "@/lib/closed_sets";

/** Every box, the limb behind its condition. */
export const BOXES = ALL satisfies readonly (keyof Grounds)[];
export const GATES = BOXES.filter((box) => box !== "no_consent_limb");
