import { expect, it, vi } from "vitest";
import { commands } from "@/lib/bindings";
import { chooseSavePath, replacing } from "@/lib/where.svelte";

vi.mock("@/lib/bindings", () => ({ commands: { chooseSavePath: vi.fn() } }));

const chosen = (path: string, replaces: boolean) => ({ status: "ok", data: { path, replaces } }) as const;

it("asks once, however often the button is pressed, and again the next time", async () => {
  let answer: (reply: ReturnType<typeof chosen>) => void = () => undefined;
  vi.mocked(commands.chooseSavePath).mockImplementation(
    () => new Promise((done) => (answer = done)) as ReturnType<typeof commands.chooseSavePath>,
  );
  const presses = [chooseSavePath("Handover", "sharewell"), chooseSavePath("Handover", "sharewell")];
  answer(chosen("/stick/handover.sharewell", true));
  await vi.waitFor(() => expect(replacing.path).toBe("/stick/handover.sharewell"));
  // While it is asked whether the file is replaced, too.
  presses.push(chooseSavePath("Handover", "sharewell"));
  replacing.answer(true);
  const given = (await Promise.all(presses)).map((reply) => reply.status === "ok" && reply.data);
  expect(given).toEqual(["/stick/handover.sharewell", null, null]);
  expect(commands.chooseSavePath).toHaveBeenCalledOnce();

  const next = chooseSavePath("Handover", "sharewell");
  answer(chosen("/stick/next.sharewell", false));
  expect(await next).toEqual({ status: "ok", data: "/stick/next.sharewell" });
});
