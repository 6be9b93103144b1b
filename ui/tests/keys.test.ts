import { afterEach, describe, expect, it, vi } from "vitest";
import { listenForKeys, listenForMouse, sendForm, shortcutOf, type Actions } from "@/lib/keys";

const actions = () =>
  ({
    search: vi.fn(),
    danger: vi.fn(),
    lock: vi.fn(),
    hide: vi.fn(),
    help: vi.fn(),
    continue: vi.fn(),
    another: vi.fn(),
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

describe("a key in a dialog", () => {
  afterEach(() => (document.body.innerHTML = ""));
  const opened = (inside: string): HTMLElement => {
    document.body.innerHTML = `<main><form data-main id="page"></form></main><dialog open>${inside}</dialog>`;
    return document.querySelector<HTMLElement>("dialog")!;
  };

  it("sends the dialog and never the page behind it", () => {
    const box = opened(`<button data-do>Discard</button>`);
    const [did, sent] = [vi.fn(), vi.fn((event: Event) => event.preventDefault())];
    box.querySelector("button")?.addEventListener("click", did);
    document.querySelector("#page")?.addEventListener("submit", sent);
    sendForm();
    expect(did).toHaveBeenCalledOnce();
    opened(`<p>Nothing to do here</p>`);
    document.querySelector("#page")?.addEventListener("submit", sent);
    sendForm();
    expect(sent).not.toHaveBeenCalled();
  });

  it("leads to no other page, but for the way out of danger and the lock", () => {
    opened("");
    const all = actions();
    stop = listenForKeys(all, () => true);
    press("k", 0, { ctrlKey: true });
    press("F1", 1);
    press("F6", 2);
    press("ArrowLeft", 3, { altKey: true });
    for (const no of ["search", "help", "region", "back"] as const)
      expect(all[no], no).not.toHaveBeenCalled();
    press("e", 4, { ctrlKey: true });
    press("l", 5, { ctrlKey: true });
    expect(all.danger).toHaveBeenCalledOnce();
    expect(all.lock).toHaveBeenCalledOnce();
  });
});

describe("the key that hides", () => {
  it("can be another one, or none, and means nothing while signs are composed", () => {
    const all = actions();
    let by: "shift" | "escape" | "off" = "escape";
    stop = listenForKeys(
      all,
      () => true,
      () => by,
    );
    const thrice = (key: string, from: number, more: KeyboardEventInit = {}) =>
      [0, 200, 400].forEach((at) => press(key, from + at, more));
    thrice("Shift", 0);
    expect(all.hide).not.toHaveBeenCalled();
    thrice("Escape", 2000);
    expect(all.hide).toHaveBeenCalledOnce();
    by = "off";
    thrice("Escape", 4000);
    thrice("Shift", 6000);
    by = "shift";
    thrice("Shift", 8000, { isComposing: true });
    expect(all.hide).toHaveBeenCalledOnce();
  });
});

describe("the size of text", () => {
  it("is asked for by plus, minus and nought, whether or not shortcuts are wanted", () => {
    const asked: string[] = [];
    stop = listenForKeys(
      actions(),
      () => false,
      () => "off",
      (how) => asked.push(how),
    );
    press("+", 0, { ctrlKey: true, shiftKey: true });
    press("=", 1, { ctrlKey: true });
    press("-", 2, { ctrlKey: true });
    press("0", 3, { ctrlKey: true });
    press("+", 4);
    press("0", 5, { ctrlKey: true, altKey: true });
    expect(asked).toEqual(["larger", "larger", "smaller", "usual"]);
  });
});

describe("the button at the side of a mouse", () => {
  const pressed = (button: number) =>
    ["mousedown", "mouseup"].map((type) => {
      const event = new MouseEvent(type, { button, bubbles: true, cancelable: true });
      document.body.dispatchEvent(event);
      return event.defaultPrevented;
    });

  it("is Back once, and the window does not go back by itself as well", () => {
    const back = vi.fn();
    stop = listenForMouse(back);
    expect(pressed(3)).toEqual([true, true]);
    expect(back).toHaveBeenCalledOnce();
    expect(pressed(0)).toEqual([false, false]);
    expect(back).toHaveBeenCalledOnce();
  });

  it("does nothing over a dialog", () => {
    const back = vi.fn();
    stop = listenForMouse(back);
    document.body.innerHTML = "<dialog open></dialog>";
    expect(pressed(3)).toEqual([true, true]);
    expect(back).not.toHaveBeenCalled();
    document.body.innerHTML = "";
  });
});
