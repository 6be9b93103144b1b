import { afterEach, describe, expect, it, vi } from "vitest";
import { listenForKeys, shortcutOf, type Actions } from "@/lib/keys";

const actions = () =>
  ({
    search: vi.fn(),
    danger: vi.fn(),
    lock: vi.fn(),
    hide: vi.fn(),
    help: vi.fn(),
    continue: vi.fn(),
    back: vi.fn(),
    region: vi.fn(),
    regionBack: vi.fn(),
  }) satisfies Actions;

function press(key: string, at: number, more: KeyboardEventInit = {}): KeyboardEvent {
  const event = new KeyboardEvent("keydown", { key, cancelable: true, ...more });
  Object.defineProperty(event, "timeStamp", { value: at });
  window.dispatchEvent(event);
  return event;
}

let stop = () => {};
afterEach(() => stop());

describe("Shift three times", () => {
  it("hides and locks when it is quick", () => {
    const all = actions();
    stop = listenForKeys(all, () => true);
    [0, 300, 600].forEach((at) => press("Shift", at));
    expect(all.hide).toHaveBeenCalledOnce();
  });

  it("does nothing when it is slow, held down, or part of typing", () => {
    const all = actions();
    stop = listenForKeys(all, () => true);
    [0, 700, 1400].forEach((at) => press("Shift", at));
    [2000, 2010, 2020, 2030].forEach((at) => press("Shift", at, { repeat: at > 2000 }));
    press("Shift", 9000);
    press("A", 9100);
    press("Shift", 9200);
    press("B", 9300);
    press("Shift", 9400);
    expect(all.hide, "capital letters in a row are typing").not.toHaveBeenCalled();
  });

  it("works when shortcuts are switched off, and so does Ctrl L", () => {
    const all = actions();
    stop = listenForKeys(all, () => false);
    [0, 300, 600].forEach((at) => press("Shift", at));
    press("l", 1000, { ctrlKey: true });
    press("k", 1100, { ctrlKey: true });
    expect(all.hide).toHaveBeenCalledOnce();
    expect(all.lock).toHaveBeenCalledOnce();
    expect(all.search, "the others stay off").not.toHaveBeenCalled();
  });
});

describe("a shortcut", () => {
  it("is never a single letter", () => {
    for (const key of "abcdefghijklmnopqrstuvwxyz0123456789")
      expect(shortcutOf(new KeyboardEvent("keydown", { key })), key).toBeUndefined();
  });

  it("keeps the browser from acting on the same keys", () => {
    const all = actions();
    stop = listenForKeys(all, () => true);
    expect(press("e", 0, { ctrlKey: true }).defaultPrevented).toBe(true);
    expect(all.danger).toHaveBeenCalledOnce();
    expect(press("c", 0, { ctrlKey: true }).defaultPrevented, "copying is left alone").toBe(false);
  });
});
