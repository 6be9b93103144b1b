import { flushSync } from "svelte";
import { describe, expect, it } from "vitest";
import { announce, said } from "@/lib/announce.svelte";

describe("what is said", () => {
  it("is said again where it is the same, and nobody who says it waits for it", () => {
    let runs = 0;
    const stop = $effect.root(() => {
      $effect(() => {
        runs += 1;
        announce("Saved");
      });
    });
    flushSync();
    expect(runs).toBe(1);
    const first = said.text;
    announce("Saved");
    expect(said.text).not.toBe(first);
    expect(said.text.replaceAll("\u200B", "")).toBe("Saved");
    stop();
  });
});
