import { describe, expect, it } from "vitest";
import en from "@words/en.json";
import { has, inWords, t, tOr } from "@/lib/words";

describe("the catalogue", () => {
  it("fills in what a message asks for", () => {
    expect(t("parts.of", { done: 9, total: 14 })).toBe("9 of 14");
  });

  it("leaves a placeholder in sight rather than dropping it", () => {
    expect(t("parts.of", { done: 9 }), "a gap must be seen in review").toBe("9 of {total}");
  });

  it("counts one and many as English does", () => {
    expect(t("dates.age_years", { count: 1 })).toBe("1 year");
    expect(t("dates.age_years", { count: 0 })).toBe("0 years");
    expect(t("dates.age_years", { count: 7 })).toBe("7 years");
  });

  it("falls back for a code that a newer shell might send", () => {
    expect(has("file.kind.never_heard_of")).toBe(false);
    expect(tOr("file.kind.never_heard_of", "file.kind.other")).toBe(t("file.kind.other"));
  });

  it("does not take a group for a message", () => {
    expect(has("settings.finding")).toBe(false);
    expect(has("constructor.name"), "names that every object has are not keys").toBe(false);
  });

  it("sets thousands apart in counts and in large numbers, and leaves a year alone", () => {
    expect(t("settings.backup.holds", { count: 12345, size: "9.9" })).toContain("12,345 entries");
    expect(t("settings.backup.holds", { count: 2026, size: "1" })).toContain("2,026 entries");
    expect(t("today.draft_at", { number: 2026, when: "now" })).toContain("2026");
    expect(t("today.draft_at", { number: 12026, when: "now" })).toContain("12,026");
    expect(inWords(1010)).toBe("1,010");
  });

  it("writes small numbers as words and large ones in digits", () => {
    expect(inWords(5)).toBe("Five");
    expect(inWords(23)).toBe("23");
  });

  it("sets a name apart that is read the other way, and no other", () => {
    expect(t("children.line", { name: "محمد", age: "7" })).toBe("\u2068محمد\u2069, 7");
    expect(t("children.line", { name: "אלון (Elm) 3", age: "7" })).toBe("\u2068אלון (Elm) 3\u2069, 7");
    expect(t("children.line", { name: "王小明", age: "7" })).toBe("王小明, 7");
  });

  it("says for every error what happened and what to do next", () => {
    for (const [code, pair] of Object.entries(en.errors)) {
      expect(pair.said, code).toMatch(/\.$/);
      expect(pair.next, code).not.toBe("");
    }
  });
});
