import { expect, it, vi } from "vitest";
import { asking, LastAsked } from "@/lib/asked";

/** A question that is answered when the test says so. */
function open<A>() {
  let answer: (given: A) => void = () => undefined;
  const promise = new Promise<A>((done) => (answer = done));
  return { promise, answer };
}

it("takes no answer to what is asked no more", async () => {
  const [first, second] = [open<string>(), open<string>()];
  const taken: string[] = [];
  const end = asking(
    () => first.promise,
    (given) => taken.push(given),
  );
  end();
  asking(
    () => second.promise,
    (given) => taken.push(given),
  );
  second.answer("second");
  first.answer("first");
  await Promise.all([first.promise, second.promise]);
  expect(taken).toEqual(["second"]);
});

it("asks once the typing rests, and not at all where the page has gone by then", () => {
  vi.useFakeTimers();
  const ask = vi.fn(() => new Promise<void>(() => undefined));
  const end = asking(ask, () => undefined, 300);
  vi.advanceTimersByTime(299);
  expect(ask).not.toHaveBeenCalled();
  end();
  asking(ask, () => undefined, 300);
  vi.advanceTimersByTime(300);
  expect(ask, "the second, and the first never").toHaveBeenCalledOnce();
  vi.useRealTimers();
});

it("shows the answer to the last question, in whichever order they are answered", async () => {
  const list = new LastAsked();
  const [first, second] = [open<string>(), open<string>()];
  const asked = [list.ask(first.promise), list.ask(second.promise)];
  second.answer("second");
  first.answer("first");
  expect(await Promise.all(asked)).toEqual([undefined, "second"]);
});

it("adds nothing to a list that has become another one, whenever it was asked for", async () => {
  const list = new LastAsked();
  const [other, before, during, after] = [open<string>(), open<string>(), open<string>(), open<string>()];
  const more = [list.more(before.promise)];
  const asked = list.ask(other.promise);
  more.push(list.more(during.promise));
  other.answer("another list");
  expect(await asked).toBe("another list");
  more.push(list.more(after.promise));
  for (const one of [before, during, after]) one.answer("more");
  expect(await Promise.all(more)).toEqual([undefined, undefined, "more"]);
});
