import type { Problem } from "@/lib/form";
import { t } from "@/lib/words";

/** What stands in the way of a new passphrase. The shell checks its strength again. */
export function passphraseProblems(passphrase: string, again: string, enough: boolean): Problem[] {
  if (!passphrase) return [{ field: "new-passphrase", text: t("start.no_passphrase") }];
  if (!enough)
    return [
      {
        field: "new-passphrase",
        text: `${t("errors.weak_passphrase.said")} ${t("errors.weak_passphrase.next")}`,
      },
    ];
  // Accents in one sign or in two are the same to the vault, and so they are here.
  if (passphrase.normalize() !== again.normalize())
    return [
      {
        field: "again",
        text: `${t("errors.passphrases_differ.said")} ${t("errors.passphrases_differ.next")}`,
      },
    ];
  return [];
}
