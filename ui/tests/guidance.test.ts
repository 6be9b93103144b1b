// What a new pack changes, and what is wrong with one, is said in words and never in codes of the program.
import { describe, expect, it } from "vitest";
import type { SidePart } from "@/lib/bindings";
import { STEP_KINDS } from "@/lib/closed_sets";
import { faultText } from "@/lib/fault";
import { failureText } from "@/lib/form";
import { t } from "@/lib/words";
import { sideIn } from "@/pages/settings/pack";

describe("one side of a thing that differs", () => {
  it("has words for every form of a question, each of its own", () => {
    const said = STEP_KINDS.map((kind) => sideIn([{ is: "kind", kind }]));
    expect(
      said.every((words) => /^[A-Z][a-z, ]+$/.test(words)),
      String(said),
    ).toBe(true);
    expect(new Set(said).size).toBe(STEP_KINDS.length);
  });

  it("joins what it is made of, a line each, and says where there is nothing", () => {
    const parts: SidePart[] = [
      { is: "not_sure", does: "advice" },
      { is: "ring", who: "front_door" },
      { is: "deadline", by: "within_hours", count: 4 },
      { is: "text", text: "Ring about {child}" },
      { is: "code", code: "act-harm" },
    ];
    expect(sideIn(parts).split("\n")).toEqual([
      t("guidance.not_sure.advice"),
      t("guidance.ring.front_door"),
      "Within 4 hours",
      "Ring about the child",
      "act-harm",
    ]);
    expect(sideIn([])).toBe(t("guidance.nothing"));
  });
});

describe("what is wrong with a pack", () => {
  const unsafe = { what: "condition", condition: 4, place: "outcomes.toml:12 share-harm" } as const;

  it("is named with its place", () => {
    expect(faultText(unsafe)).toBe("outcomes.toml:12 share-harm (safety condition 4 is not met)");
    expect(faultText({ what: "no_base", condition: null, place: "" })).toBe(t("guidance.fault.no_base"));
  });

  it("stands in the failure, with the pack where that is known", () => {
    const said = failureText({
      code: "bad_pack",
      field: null,
      fields: [],
      wait_seconds: null,
      place: "england@2024-05 steps.toml:3 harm",
      fault: { what: "dangling", condition: null, place: "steps.toml:3 harm" },
      handover: null,
    });
    expect(said).toContain("england@2024-05 steps.toml:3 harm (a name of something that is not there)");
  });
});
