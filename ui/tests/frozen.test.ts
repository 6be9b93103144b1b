import { afterEach, describe, expect, it, vi } from "vitest";
import { holdFrozen, isFrozen } from "@/lib/frozen";

let stop = () => {};
afterEach(() => {
  stop();
  document.body.innerHTML = "";
});

function page(): {
  box: HTMLInputElement;
  button: HTMLButtonElement;
  other: HTMLInputElement;
  stopButton: HTMLElement;
} {
  document.body.innerHTML = `<form><input id="box"><button type="submit">Save</button>
    <div data-free><button type="button" id="stop" aria-disabled="true">Stop</button></div></form><input id="other">`;
  const found = <T extends Element>(what: string) => document.querySelector<T>(what)!;
  return {
    box: found("#box"),
    button: found("button[type=submit]"),
    other: found("#other"),
    stopButton: found("#stop"),
  };
}

describe("a form that saves", () => {
  it("takes nothing that is typed or clicked meanwhile, and everything again afterwards", () => {
    stop = holdFrozen();
    const { box, button } = page();
    const heard = vi.fn();
    for (const name of ["click", "keydown", "beforeinput", "change"]) box.addEventListener(name, heard);
    const send = () => {
      const all = [
        new MouseEvent("click", { bubbles: true, cancelable: true }),
        new KeyboardEvent("keydown", { key: "5", bubbles: true, cancelable: true }),
        new InputEvent("beforeinput", { bubbles: true, cancelable: true }),
        new Event("change", { bubbles: true, cancelable: true }),
      ];
      return all.map((event) => box.dispatchEvent(event));
    };
    button.setAttribute("aria-disabled", "true");
    expect(send(), "each is refused").toEqual([false, false, false, false]);
    expect(heard).not.toHaveBeenCalled();
    button.removeAttribute("aria-disabled");
    expect(send()).toEqual([true, true, true, true]);
    expect(heard).toHaveBeenCalledTimes(4);
  });

  it("keeps the focus, lets it be moved, and leaves alone what stands elsewhere or is free", () => {
    stop = holdFrozen();
    const { box, button, other, stopButton } = page();
    expect(isFrozen(box), "a busy button that is free freezes nothing").toBe(false);
    button.setAttribute("aria-disabled", "true");
    box.focus();
    const tab = new KeyboardEvent("keydown", { key: "Tab", bubbles: true, cancelable: true });
    expect(box.dispatchEvent(tab)).toBe(true);
    expect(document.activeElement).toBe(box);
    expect(isFrozen(other)).toBe(false);
    expect(isFrozen(stopButton)).toBe(false);
  });
});
