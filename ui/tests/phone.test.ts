import { expect, test } from "vitest";
import { pieces } from "@/lib/phone";

test("each telephone number is one piece, and nothing of the text is lost", () => {
  const text = "Ring the front door (MASH) – 01632 960199, or 0808-157-0204 at night. Ring 999 first.";
  expect(pieces(text).filter((_, index) => index % 2 === 1)).toEqual(["01632 960199", "0808-157-0204"]);
  expect(pieces(text).join("")).toBe(text);
});

test("a day, an hour and a word are no telephone numbers", () => {
  for (const text of ["By 17 on 12 3 2026", "Question 4 of 13", "no number", "", "10.30"]) {
    expect(pieces(text).filter((piece, index) => index % 2 === 1 && piece !== "")).toEqual([]);
    expect(pieces(text).join("")).toBe(text);
  }
});
