// How large something is, as a file manager says it.
import { t } from "@/lib/words";

const KIB_IN_MB = 1024;

export function sizeOf(kib: number): string {
  return kib < KIB_IN_MB
    ? t("papers.size_kb", { size: kib })
    : t("papers.size_mb", { size: Math.round((10 * kib) / KIB_IN_MB) / 10 });
}
