import { flushSync } from "svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { commands, type Code, type Failure } from "@/lib/bindings";
import { failureProblems, formProblems } from "@/lib/form";
import { Form, type Options } from "@/lib/form.svelte";
import { router } from "@/lib/router.svelte";
import { fill, kept as saves, Typing } from "@/lib/typing.svelte";
import { unsaved } from "@/lib/unsaved.svelte";
import { t } from "@/lib/words";

vi.mock("@/lib/bindings", () => ({ commands: { note: vi.fn(), saveNote: vi.fn(), session: vi.fn() } }));

const NOW = "2026-10-06T09:30:00+01:00";
const empty = () => ({ person: "", reason: "", review: { day: "", month: "", year: "" } });
type Values = ReturnType<typeof empty>;

const ok = <D>(data: D) => ({ status: "ok" as const, data });
const refused = (...fields: [string, Code][]) => {
  const all = fields.map(([field, code]) => ({ field, code, length: null }));
  const error: Failure = {
    code: all[0]?.code ?? "disk_full",
    field: all[0]?.field ?? null,
    fields: all,
    wait_seconds: null,
    place: null,
    fault: null,
    handover: null,
  };
  return { status: "error" as const, error };
};

function kept(note: object | null): void {
  vi.mocked(commands.note).mockResolvedValue(ok(note && JSON.stringify(note)) as never);
}
const saved = () => vi.mocked(commands.saveNote).mock.calls;

/** A form, once what it is about is there. */
async function made(more: Partial<Options<Values, { name: string }>> = {}) {
  const form = new Form<Values, { name: string }>({
    empty: empty(),
    note: "flag:1",
    words: ["children.flag", "children"],
    ids: { people: "who" },
    load: async () => ok({ name: "Ayla" }),
    ...more,
  });
  await vi.waitFor(() => expect(form.view ?? form.problems[0]).toBeDefined());
  return form;
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  kept(null);
  vi.mocked(commands.saveNote).mockResolvedValue(ok(NOW) as never);
  vi.mocked(commands.session).mockResolvedValue(refused() as never);
});
afterEach(() => {
  // What one test typed is not left waiting in the next.
  vi.runOnlyPendingTimers();
  vi.useRealTimers();
  vi.clearAllMocks();
});

it("tells every field that is at fault, in the page's own words, each at its box", async () => {
  const form = await made();
  const sent = await form.send(async () =>
    refused(
      ["people", "missing"],
      ["reason", "reason_missing"],
      ["review", "bad_date"],
      ["kind", "too_long"],
    ),
  );
  expect(sent).toBeUndefined();
  expect(form.problems).toEqual([
    { field: "who", text: t("children.flag.need.people") },
    { field: "reason", text: t("children.flag.need.reason") },
    { field: "review", text: t("children.flag.bad.review") },
    { field: "kind", text: `${t("errors.too_long.said")} ${t("errors.too_long.next")}` },
  ]);
  expect(form.at("people")).toMatchObject({ id: "who", error: t("children.flag.need.people") });
  expect(form.at("other").error).toBeUndefined();
  expect(form.busy).toBe(false);
  expect(saved(), "what was typed stays").not.toContainEqual(["flag:1", ""]);
});

it("tells what happened where no field is at fault, and a field twice at fault once", () => {
  expect(formProblems(refused().error, "settle")).toEqual([
    { to: undefined, text: `${t("errors.disk_full.said")} ${t("errors.disk_full.next")}` },
  ]);
  const twice = refused(["attempts", "missing"], ["attempts", "missing"]).error;
  expect(formProblems(twice, "danger", { attempts: "whom-else" })).toEqual([
    { field: "whom-else", text: t("danger.need.attempts") },
  ]);
  expect(failureProblems(refused(["a", "missing"]).error, ({ field }) => ({ text: field }))).toEqual([
    { text: "a" },
  ]);
});

it("lets a page tell a problem in its own way", async () => {
  const form = await made({
    told: ({ code }) => (code === "flagged" ? { field: "happened", text: "?" } : undefined),
  });
  await form.send(async () => refused(["person", "flagged"], ["reason", "reason_missing"]));
  expect(form.problems.map((one) => one.field)).toEqual(["happened", "reason"]);
});

it("clears what was kept once it is sent, and goes where it leads", async () => {
  const go = vi.spyOn(router, "go").mockImplementation(() => undefined);
  const form = await made();
  form.problems = [{ text: "before" }];
  form.values.reason = "Letters are opened";
  form.typed();
  const sent = await form.send(
    async () => ok("flag-7"),
    (id) => `/flags/${id}`,
  );
  expect(sent).toBe("flag-7");
  expect(saved().at(0)?.[1], "kept before it is sent").toContain("Letters are opened");
  expect(saved().at(-1)).toEqual(["flag:1", ""]);
  expect(form.problems).toEqual([]);
  expect(go).toHaveBeenCalledExactlyOnceWith("/flags/flag-7", { replace: true });
  go.mockRestore();
});

it("takes nobody from the page to which they went while it was saved", async () => {
  router.go("/children/1/flags/new");
  const form = await made();
  let answer: (reply: ReturnType<typeof ok<string>>) => void = () => undefined;
  const sent = form.send(
    () => new Promise<ReturnType<typeof ok<string>>>((done) => (answer = done)),
    (id) => `/children/${id}`,
  );
  await vi.waitFor(() => expect(form.busy).toBe(true));
  router.go("/danger");
  await Promise.resolve();
  answer(ok("1"));
  expect(await sent).toBe("1");
  expect(router.address).toBe("/danger");
  expect(unsaved.at, "it was saved").toBeUndefined();
});

it("says on whichever page somebody is that what they sent was not saved", async () => {
  router.go("/children/1/flags/new");
  const form = await made();
  await form.send(async () => refused(["reason", "missing"]));
  expect(unsaved.at, "whoever is there sees what is wrong").toBeUndefined();
  await form.send(async () => {
    router.go("/danger");
    return refused(["reason", "missing"]);
  });
  expect(unsaved.at).toBe("/children/1/flags/new");
  unsaved.at = undefined;
});

it("sends once, however often the button is pressed, and is ready again when a command breaks", async () => {
  const form = await made();
  let end = (_: { status: "ok"; data: null }): void => undefined;
  const command = vi.fn(() => new Promise<{ status: "ok"; data: null }>((done) => (end = done)));
  const first = form.send(command);
  await vi.waitFor(() => expect(command).toHaveBeenCalledOnce());
  expect(form.busy).toBe(true);
  expect(await form.send(command)).toBeUndefined();
  end(ok(null));
  expect(await first, "nothing is given back, and it was sent").toBeNull();
  await expect(form.send(() => Promise.reject(new Error("gone")))).rejects.toThrow();
  expect(form.busy).toBe(false);
});

it("fills the boxes from what it is about, then from what was typed last time", async () => {
  kept({ reason: "half a rea", review: { day: "31", month: "2", year: 5 }, strange: true });
  const form = await made({
    fill: (view, values) => {
      values.person = view.name;
      values.reason = "as recorded";
    },
  });
  flushSync();
  expect(form.values).toEqual({
    person: "Ayla",
    reason: "half a rea",
    review: { day: "31", month: "2", year: "" },
  });
});

it("shows why where what it is about cannot be loaded, and nothing where the page goes elsewhere", async () => {
  const failed = await made({ load: async () => refused() });
  expect(failed.view).toBeUndefined();
  expect(failed.problems[0]?.text).toContain(t("errors.disk_full.said"));
  const fillIn = vi.fn(() => false);
  const gone = new Form({ empty: empty(), words: "children", load: async () => ok({}), fill: fillIn });
  await vi.waitFor(() => expect(fillIn).toHaveBeenCalled());
  expect(gone.view).toBeUndefined();
});

it("is saved within 0.4 s of the first key press, also where nobody pauses", async () => {
  const save = vi.fn(async () => ok(NOW));
  const typing = new Typing(save as never);
  for (let ms = 0; ms < 5_000; ms += 50) {
    typing.typed();
    await vi.advanceTimersByTimeAsync(50);
  }
  expect(save.mock.calls.length).toBeGreaterThanOrEqual(11);
});

it("says on the page, for whoever waits for it to rest, that something typed is not given to the shell yet", async () => {
  const unsaved = () => document.documentElement.hasAttribute("data-unsaved");
  const one = new Typing(async () => ok(NOW));
  const other = new Typing(async () => ok(NOW));
  expect(unsaved()).toBe(false);
  one.typed();
  one.typed();
  other.typed();
  await one.keep();
  expect(unsaved()).toBe(true);
  vi.advanceTimersByTime(400);
  expect(unsaved()).toBe(false);
  one.typed();
  await one.done();
  expect(unsaved()).toBe(false);
});

it("asks what it is about once the page before it has saved, and not before", async () => {
  let end: (() => void) | undefined;
  const before = new Typing(() => new Promise((done) => (end = () => done(ok(NOW)))));
  before.typed();
  void before.keep();
  const load = vi.fn(async () => ok({ name: "Ayla" }));
  const form = new Form<Values, { name: string }>({ empty: empty(), words: ["children.flag"], load });
  await vi.waitFor(() => expect(end).toBeDefined());
  expect(load).not.toHaveBeenCalled();
  end?.();
  await vi.waitFor(() => expect(form.view).toEqual({ name: "Ayla" }));
  await saves();
});

it("tries a save that failed again with the next key press", async () => {
  const save = vi.fn(async () => refused() as never);
  const typing = new Typing(save);
  typing.typed();
  await vi.advanceTimersByTimeAsync(400);
  expect(typing.notSaved).toBe(true);
  save.mockResolvedValue(ok(NOW) as never);
  await typing.keep();
  expect(save).toHaveBeenCalledTimes(2);
  expect(typing.notSaved).toBe(false);
});

it("takes nothing from a note that cannot be read", () => {
  const form = { told: "now", tick: false };
  for (const body of ["", "{", "null", "[]", "7", '{"told":3,"tick":"yes"}'])
    expect(fill(form, body), body).toBe(false);
  expect(form).toEqual({ told: "now", tick: false });
});
