import { flushSync, mount, unmount, type Component } from "svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { t } from "@/lib/words";
import Checkboxes from "@/parts/Checkboxes.svelte";
import ErrorSummary from "@/parts/ErrorSummary.svelte";
import Radios from "@/parts/Radios.svelte";
import TextArea from "@/parts/TextArea.svelte";
import SavedIndicator from "@/parts/SavedIndicator.svelte";
import TestSaved from "./TestSaved.svelte";

let shown: object | undefined;
afterEach(() => {
  if (shown) void unmount(shown);
  shown = undefined;
  document.body.replaceChildren();
});

function show<Props extends Record<string, unknown>>(part: Component<Props>, props: Props): HTMLElement {
  shown = mount(part, { target: document.body, props });
  flushSync();
  return document.body;
}

const choices = [
  { value: "mother", label: "Mother" },
  { value: "father", label: "Father" },
  { value: "none", label: "None of these", exclusive: true, after_or: true },
];

describe("tick boxes", () => {
  it("start empty, and none of these clears the rest", () => {
    const told: string[][] = [];
    const page = show(Checkboxes, {
      id: "who",
      legend: "Who",
      choices,
      values: [],
      onchange: (values: string[]) => void told.push(values),
    });
    const boxes = [...page.querySelectorAll<HTMLInputElement>("input")];
    expect(
      boxes.filter((box) => box.checked),
      "nothing is ticked beforehand",
    ).toHaveLength(0);
    for (const at of [1, 0, 2, 1]) {
      boxes[at]?.click();
      flushSync();
    }
    expect(told).toEqual([["father"], ["mother", "father"], ["none"], ["father"]]);
  });
});

describe("radios", () => {
  it("start with nothing chosen, and the keys 1 to 9 pick while the group has the focus", () => {
    const told: string[] = [];
    const page = show(Radios, {
      id: "who",
      legend: "Who",
      choices,
      value: undefined,
      onchange: (value: string) => void told.push(value),
    });
    const [first, , third] = page.querySelectorAll<HTMLInputElement>("input");
    expect([...page.querySelectorAll<HTMLInputElement>("input")].some((one) => one.checked)).toBe(false);
    first?.dispatchEvent(new KeyboardEvent("keydown", { key: "3", bubbles: true }));
    flushSync();
    expect(told).toEqual(["none"]);
    expect(document.activeElement).toBe(third);
    expect(first?.id, "an error leads to the first answer").toBe("who");
  });
});

describe("the error summary", () => {
  it("counts the problems and takes the focus", () => {
    const page = show(ErrorSummary, {
      problems: [{ field: "name", text: t("start.need.name") }, { text: t("errors.disk_full.said") }],
    });
    expect(page.querySelector("h2")?.textContent?.trim()).toBe("Two things to put right");
    expect(document.activeElement?.classList.contains("govuk-error-summary")).toBe(true);
    expect(page.querySelectorAll("a"), "only what has a field leads there").toHaveLength(1);
  });
});

describe("the saved indicator", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const spoken = (page: HTMLElement) => page.querySelector("[role=status]")?.textContent;
  const seen = (page: HTMLElement) => page.querySelector(".sw-saved")?.textContent?.trim();

  it("shows every save at once and speaks at most every 30 seconds", () => {
    vi.setSystemTime("2026-03-12T10:00:00Z");
    const page = show(TestSaved, {});
    const save = (at: string) => {
      vi.setSystemTime(at);
      page.querySelector("button")?.click();
      flushSync();
    };
    save("2026-03-12T10:00:59Z");
    expect(spoken(page)).toBe("Saved on this laptop, 10:00");
    save("2026-03-12T10:01:09Z");
    expect(seen(page)).toBe("Saved on this laptop, 10:01");
    expect(spoken(page), "ten seconds later it stays quiet").toBe("Saved on this laptop, 10:00");
    save("2026-03-12T10:02:00Z");
    expect(spoken(page)).toBe("Saved on this laptop, 10:02");
  });

  it("speaks at once when something is not saved", () => {
    const page = show(SavedIndicator, { at: undefined, failed: true });
    expect(spoken(page)).toBe(t("parts.not_saved"));
  });
});

describe("a box for text", () => {
  const pasted = (text: string, files: File[]): Event => {
    const event = new Event("paste", { bubbles: true, cancelable: true });
    Object.defineProperty(event, "clipboardData", { value: { files, getData: () => text } });
    return event;
  };

  it("says that a picture which was pasted is no text, and keeps what was typed", () => {
    const page = show(TextArea, { id: "text", label: "What", value: "Typed before" });
    const box = page.querySelector("textarea");
    const said = (): string => page.querySelector("[role=status]")?.textContent?.trim() ?? "";
    expect(said()).toBe("");
    const picture = pasted("", [new File(["x"], "photo.png", { type: "image/png" })]);
    box?.dispatchEvent(picture);
    flushSync();
    expect(picture.defaultPrevented, "nothing of it is taken in").toBe(true);
    expect(said()).toBe(t("parts.pasted_picture"));
    expect(box?.value).toBe("Typed before");
    // Text with a picture beside it, as an e-mail program gives it, is pasted as text.
    const text = pasted("Words", [new File(["x"], "logo.png", { type: "image/png" })]);
    box?.dispatchEvent(text);
    flushSync();
    expect([text.defaultPrevented, said()]).toEqual([false, ""]);
  });
});
