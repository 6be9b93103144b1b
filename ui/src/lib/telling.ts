// What a child's file is called in a line, and what tells it apart where another would read the same. Which fact that
// is, the shell says.
import type { ChildLine, TellsApart } from "@/lib/bindings";
import { age, day, dayAndTime } from "@/lib/dates";
import { t } from "@/lib/words";

function one(told: TellsApart): string {
  switch (told.fact) {
    case "born":
      return t("children.telling.born", { day: day(told.on) });
    case "home":
      return t("children.telling.home", { line: told.line });
    case "reference":
      return t("children.telling.reference", { reference: told.reference });
    case "number":
      return t("children.telling.number", { last: told.last });
    case "opened":
      return t("children.telling.opened", { when: dayAndTime(told.at) });
  }
}

/** What tells a file apart; empty where no other reads the same. */
export const telling = (facts: readonly TellsApart[]): string => facts.map(one).join(", ");

/** A name with what tells it apart, where anything has to. */
export const told = (name: string, facts: readonly TellsApart[]): string =>
  facts.length > 0 ? t("children.told", { name, telling: telling(facts) }) : name;

/** A line of a list, for where no markup can stand. */
export function lineText(line: ChildLine): string {
  const years = line.kind === "numbers" ? t("file.sort.numbers") : age(line.birth, line.age);
  const values = { name: line.name, age: years };
  return line.telling.length > 0
    ? t("children.line_told", { ...values, telling: telling(line.telling) })
    : t("children.line", values);
}
