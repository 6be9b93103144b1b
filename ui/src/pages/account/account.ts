// What became of a line of the log, and the limits under which something came, as a page says them.
import type { AccountLine, LimitLine } from "@/lib/bindings";
import { dayAndTime, shortDay } from "@/lib/dates";
import { t } from "@/lib/words";

/** What became of something, in a line. */
export function toldText(line: AccountLine): string {
  const values = { when: dayAndTime(line.at), who: line.by, words: line.words };
  const said = t(`log.event.${line.event}`, values);
  const more = line.purpose
    ? t(`became.purposes.${line.purpose}`)
    : line.came
      ? t(`became.ends.${line.came}`)
      : "";
  return [said, more].filter(Boolean).join(" · ");
}

/** Under which limits something came. */
export function limitText(limit: LimitLine): string {
  const from = [limit.from, limit.from_role].filter(Boolean).join(", ") || t("log.not_named");
  const parts = [
    limit.ask_first ? t("received.limit.ask_first") : "",
    limit.not_to.length > 0 ? t("received.limit.not_to", { who: limit.not_to.join(", ") }) : "",
    limit.until ? t("received.limit.until", { day: shortDay(limit.until) }) : "",
    limit.family === "yes" ? "" : t(`received.limit.family.${limit.family}`),
  ].filter(Boolean);
  return parts.length > 0
    ? t("received.limit.line", { from, when: dayAndTime(limit.at), limits: parts.join("; ") })
    : t("received.limit.none", { from, when: dayAndTime(limit.at) });
}
