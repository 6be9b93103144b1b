import { flushSync, mount, unmount, type Component } from "svelte";
import { afterEach, describe, expect, it } from "vitest";
import type { NoticeView } from "@/lib/bindings";
import Notices from "@/pages/decide/Notices.svelte";
import FamilyTree from "@/parts/FamilyTree.svelte";

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

describe("a family in a picture", () => {
  const node = (id: string, name: string, flags: string[]) => ({
    id,
    name,
    flags,
    note: "Mother",
    responsibility: undefined,
    self: false,
  });
  it("says what the flags say straight after the name, to the eye and to the ear", () => {
    const rows = [[node("jo", "Jo Sampleton", ["Protected identity", "No contact"])], [node("bo", "Bo", [])]];
    const page = show(FamilyTree, { title: "The family", rows, lines: [] });
    const drawn = [...page.querySelectorAll("svg text.f")].map((text) => text.textContent);
    expect(drawn).toEqual(["Protected identity", "No contact"]);
    const spoken = [...page.querySelectorAll("ul li")].map((line) => line.textContent.trim());
    expect(spoken[0]).toMatch(/^.?Jo Sampleton.?, Protected identity, No contact, Mother$/u);
    expect(spoken[1]).not.toContain("Protected");
  });
});

describe("what must not be done", () => {
  const ban = (id: string, hint: string): NoticeView => ({
    id,
    kind: "ban",
    card: null,
    in_call: false,
    title: `Do not ${id}`,
    hint,
    unconfirmed: false,
    confirmed: null,
    sources: [],
  });
  it("stands in one line each that nothing folds away, and the first with its reason open", () => {
    const notices = [ban("tell", "He reads it."), ban("write", "It is opened."), ban("ask", "")];
    const page = show(Notices, { notices, kinds: ["ban"] });
    const lines = [...page.querySelectorAll(".sw-bans > li")];
    expect(lines).toHaveLength(3);
    for (const [at, line] of lines.entries()) {
      const title = line.querySelector("strong");
      expect(title?.textContent).toContain(notices[at]?.title);
      expect(title?.closest("details") === null || title?.closest("summary") !== null).toBe(true);
    }
    const open = [...page.querySelectorAll("details")].map((one) => one.open);
    expect(open).toEqual([true, false]);
  });
});
