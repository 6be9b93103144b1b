// Which box on the page of the sign-off a field of the shell stands in.
import { boxOf } from "@/lib/form";
import { BOXES } from "./grounds";

/** Fields that are boxes of their own name. */
const HERE =
  /^(expired|decided|otherwise|reasons|alternatives|what|review|changed_because|restricted_file|rests_on)$/;

/** The box on this page for the shell's name of a field; none where it is on another page. */
export function boxHere(field: string): string | undefined {
  if (field.startsWith("review.")) return boxOf(field);
  if (HERE.test(field)) return field;
  switch (field) {
    case "recipient":
      return "recipient-name";
    case "grounds":
      return "power";
    case "telling":
      return "telling-0";
    default:
      return BOXES.find((box) => box === field);
  }
}
