import { describe, expect, it } from "vitest";
import { flush, onFlush } from "@/lib/flush";

describe("saving before the lock", () => {
  it("saves every draft, even when one of them fails", async () => {
    const saved: string[] = [];
    const stops = [
      onFlush(() => {
        throw new Error("the disk is full");
      }),
      onFlush(async () => void saved.push("one")),
      onFlush(() => void saved.push("two")),
    ];
    await flush();
    expect(saved).toEqual(["one", "two"]);
    stops.forEach((stop) => stop());
  });

  it("forgets a page that has gone", async () => {
    let calls = 0;
    onFlush(() => void (calls += 1))();
    await flush();
    expect(calls).toBe(0);
  });
});
