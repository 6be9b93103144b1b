// What guidance is called, and what it rests on, as a page says it.
import type { PackName, SourceView } from "./bindings";
import { t } from "./words";

/** A pack: the nation and the version, with the agency's protocol over it. */
export const packName = (pack: PackName): string =>
  t(pack.overlay ? "said.pack_with" : "said.pack", {
    nation: t(`nation.${pack.nation}`),
    version: pack.version,
    overlay: pack.overlay ?? "",
  });

/** A source in a line; its code where no more is known. */
export function sourceLine(source: SourceView): string {
  const { title, publisher, year } = source;
  return title ? t("said.source", { title, publisher, year }) : source.code;
}
