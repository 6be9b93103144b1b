// When something left or was answered, as the shell takes it.
import type { LeftTyped } from "@/lib/bindings";
import { oneOf } from "@/lib/choose";
import { TWICE } from "@/lib/closed_sets";
import { typedDay } from "@/lib/dates";
import type { When } from "../children/when";

export function leftWhen(when: When): LeftTyped | null {
  if (when.known === "now") return { when: "now" };
  if (when.known !== "moment") return null;
  return { when: "at", on: typedDay(when.day), time: when.time, twice: oneOf(TWICE, when.twice) };
}
