// What an agency's profile says, as rows to read: each under the part by which one profile differs from another.
import type { ProfilePart, ProfileView, ServiceView } from "@/lib/bindings";
import { longDay } from "@/lib/dates";
import { t } from "@/lib/words";

export type ProfileRow = { part: ProfilePart; key: string; value: string };

/** When a number is answered. */
const hours = (one: ServiceView): string =>
  one.from === ""
    ? t("agency.always")
    : t("agency.hours", {
        days: one.days.map((day) => t(`agency.day.${day}`)).join(t("agency.between")),
        from: one.from,
        to: one.to,
      });

const service = (one: ServiceView): string =>
  [
    one.area === "" ? one.name : t("agency.of_area", { name: one.name, area: one.area }),
    [one.phone, one.email].filter(Boolean).join(t("agency.between")),
    one.answered ? hours(one) : t("agency.closed_now", { hours: hours(one) }),
  ].join("\n");

/** Every part that says something; none of what it leaves open. */
export function profileRows(view: ProfileView): ProfileRow[] {
  const rows: [ProfilePart, string][] = [
    ["name", view.name],
    ["expires", t("agency.from_until", { from: longDay(view.issued), until: longDay(view.expires) })],
    ["encryption", view.encryption],
    ["recovery", view.recovery],
    [
      "people",
      view.people
        .map((one) => t("agency.has_role", { name: one.name, role: t(`agency.role.${one.role}`) }))
        .join("\n"),
    ],
    ["officer", [view.officer, view.officer_phone].filter(Boolean).join("\n")],
    ["front_doors", view.front_doors.map(service).join("\n\n")],
    ["advisers", view.advisers.map(service).join("\n\n")],
    [
      "lock_minutes",
      view.lock_minutes === null ? "" : t("agency.lock_at_most", { count: view.lock_minutes }),
    ],
    [
      "retention",
      [
        view.legal_hold,
        ...view.retention.map((one) =>
          t(`agency.kept.${one.from}`, { count: one.years, of: t(`agency.file.${one.of}`) }),
        ),
      ]
        .filter(Boolean)
        .join("\n"),
    ],
    [
      "copies",
      view.copies === null
        ? ""
        : t("agency.copies_stay", { count: view.copies.days, source: view.copies.source }),
    ],
    [
      "countersign",
      view.countersign
        .map((one) =>
          t("agency.countersigned", {
            of: t(`agency.to_countersign.${one.of}`),
            by: t(`agency.role.${one.by}`),
            when: t("agency.within", { count: one.within_working_days }),
          }),
        )
        .join("\n"),
    ],
    ["wanted", view.wanted.map((one) => t(`agency.wanted.${one}`)).join("\n")],
    [
      "overlay",
      view.overlay === "" || view.overlay_in_use
        ? view.overlay
        : t("agency.overlay_missing", { name: view.overlay }),
    ],
  ];
  return rows
    .filter(([, value]) => value !== "")
    .map(([part, value]) => ({ part, key: t(`agency.part.${part}`), value }));
}

/** What stood in a part before; that nothing did, where nothing did. */
export const before = (view: ProfileView | null, part: ProfilePart): string =>
  (view && profileRows(view).find((row) => row.part === part)?.value) ?? t("agency.nothing");
