import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { commands } from "@/lib/bindings";
import { Slow } from "@/lib/slow.svelte";
import { t } from "@/lib/words";
import Working from "@/parts/Working.svelte";

vi.mock("@/lib/bindings", () => ({ commands: { workProgress: vi.fn(), stopWork: vi.fn() } }));

let shown: object | undefined;
beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  if (shown) void unmount(shown);
  shown = undefined;
  document.body.replaceChildren();
  vi.useRealTimers();
  vi.clearAllMocks();
});

const label = "Checking every entry";

/** Work that ends when the test says so, and the part that shows it. */
function start(kind?: "check") {
  const work = new Slow(kind);
  let end = (): void => undefined;
  const watched = work.watch(new Promise<void>((done) => (end = done)));
  shown = mount(Working, { target: document.body, props: { work, label } });
  flushSync();
  const pass = async (milliseconds: number) => {
    await vi.advanceTimersByTimeAsync(milliseconds);
    flushSync();
  };
  return { pass, end: () => (end(), watched) };
}

const told = (done: number, total: number | null) =>
  vi
    .mocked(commands.workProgress)
    .mockResolvedValue({ status: "ok", data: { done, total, stopping: false } });

it("shows nothing of quick work, and then how far it is", async () => {
  told(370, 1000);
  const { pass, end } = start("check");
  await pass(900);
  expect(document.body.textContent).toBe("");
  await pass(400);
  expect(document.body.textContent).toContain(label);
  expect(document.body.textContent).toContain(t("parts.share", { share: 37 }));
  const bar = document.querySelector("[role=progressbar]");
  expect(bar?.getAttribute("aria-valuenow")).toBe("37");
  told(999, 1000);
  await pass(300);
  expect(bar?.getAttribute("aria-valuenow"), "never said to be done before it is").toBe("99");
  await end();
  flushSync();
  expect(document.body.textContent).toBe("");
});

it("says only that it runs while nobody knows how much there is", async () => {
  told(0, null);
  const { pass, end } = start("check");
  await pass(1_300);
  expect(document.querySelector("[role=progressbar]")?.hasAttribute("aria-valuenow")).toBe(false);
  await end();
});

it("asks once for the end and says that it is stopping", async () => {
  told(1, 10);
  const { pass, end } = start("check");
  await pass(1_300);
  document.querySelector<HTMLButtonElement>("button")?.click();
  flushSync();
  expect(commands.stopWork).toHaveBeenCalledExactlyOnceWith("check");
  expect(document.body.textContent).toContain(t("parts.stopping"));
  expect(document.querySelector("button"), "once").toBeNull();
  await end();
});

it("offers no end where there is none, and asks nobody", async () => {
  const { pass, end } = start();
  await pass(1_300);
  expect(document.body.textContent).toContain(label);
  expect(document.querySelector("button")).toBeNull();
  expect(commands.workProgress).not.toHaveBeenCalled();
  await end();
});
