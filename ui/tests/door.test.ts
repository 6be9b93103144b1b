import { expect, it, vi } from "vitest";
import { invoke } from "@/lib/door";

const sent = vi.hoisted(() => vi.fn());
vi.mock("@tauri-apps/api/core", () => ({ invoke: sent }));

it("replaces half a character wherever it stands, and leaves whole ones alone", () => {
  void invoke("add_item", { item: { text: "a\ud83d b😀", labels: ["\ude00", "ok"], by: null }, on: 7 });
  expect(sent).toHaveBeenCalledWith(
    "add_item",
    { item: { text: "a\ufffd b😀", labels: ["\ufffd", "ok"], by: null }, on: 7 },
    undefined,
  );
});

it("sends a command that takes nothing as it is", () => {
  void invoke("session");
  expect(sent).toHaveBeenCalledWith("session", undefined, undefined);
});
