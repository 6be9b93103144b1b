// Answers of the shell that come late, on the pages themselves.
import { flushSync, mount, unmount, type Component } from "svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { commands, type AttemptResult, type EmergencyView, type ToDoLine } from "@/lib/bindings";
import { router } from "@/lib/router.svelte";
import { unsaved } from "@/lib/unsaved.svelte";
import { t } from "@/lib/words";
import DateInput from "@/parts/DateInput.svelte";
import Danger from "@/pages/danger/Danger.svelte";
import Duties from "@/pages/today/Duties.svelte";

vi.mock("@/lib/bindings", () => ({
  commands: {
    duties: vi.fn(),
    dutiesByChild: vi.fn(),
    emergency: vi.fn(),
    emergencyNumbers: vi.fn(),
    note: vi.fn(),
    recordEmergency: vi.fn(),
    saveNote: vi.fn(),
    session: vi.fn(),
    spreadDay: vi.fn(),
  },
}));

const NOW = "2026-10-06T09:30:00+01:00";
const ok = <D>(data: D) => ({ status: "ok" as const, data });
/** What the shell answers when the test says so, each time it is asked. */
function waiting(command: keyof typeof commands) {
  const answers: ((data: unknown) => void)[] = [];
  vi.mocked(commands[command] as () => unknown).mockImplementation(
    () => new Promise((done) => answers.push((data) => done(ok(data)))),
  );
  return answers;
}
/** Once everything that waited for an answer that was given has gone on: that comes before any timer. */
async function settled(): Promise<void> {
  await new Promise((done) => setTimeout(done));
  flushSync();
}

let shown: object | undefined;
function show(page: Component<{ params: Record<string, string> }>, params: Record<string, string>) {
  const props = $state({ params });
  shown = mount(page, { target: document.body, props });
  flushSync();
  return props;
}
beforeEach(() => {
  vi.mocked(commands.saveNote).mockResolvedValue(ok(NOW) as never);
  vi.mocked(commands.note).mockResolvedValue(ok(null) as never);
  vi.mocked(commands.session).mockResolvedValue({ status: "error" } as never);
});
afterEach(async () => {
  if (shown) await unmount(shown);
  shown = undefined;
  document.body.replaceChildren();
  vi.clearAllMocks();
});

const line = (id: string, title: string): ToDoLine => ({
  id,
  duty: "hear_views",
  card: "telling",
  title,
  hint: "",
  careful: [],
  case: null,
  restricted: null,
  child: "",
  decision: null,
  emergency: null,
  due: null,
  overdue: false,
  due_now: false,
  notice: false,
  statement: null,
  takes_words: false,
  drops_at_once: true,
  call: null,
  state: "outstanding",
  note: "",
  protects: false,
  apart: "",
});
const press = (words: string) => {
  const all = [...document.querySelectorAll("button")];
  const button = all.find((one) => one.textContent?.trim() === words);
  expect(button, `${words} in ${all.map((one) => one.textContent?.trim()).join(", ")}`).toBeDefined();
  button?.click();
  flushSync();
};

it("shows no duty of one span in the list of another, however late it comes", async () => {
  const asked = waiting("duties");
  const props = show(Duties, { by: "week" });
  asked[0]?.({ now: NOW, spans: [], lines: [line("a", "Of the week")], more: true });
  await settled();
  press(t("duties.more"));
  props.params = { by: "later" };
  flushSync();
  asked[2]?.({ now: NOW, spans: [], lines: [line("c", "Later")], more: false });
  await settled();
  asked[1]?.({ lines: [line("b", "More of the week")], more: true });
  await settled();
  expect(document.body.textContent).toContain("Later");
  expect(document.body.textContent).not.toContain("More of the week");
});

/** An emergency with these calls, as the record has it. */
const recorded = (...calls: AttemptResult[]): EmergencyView => ({
  id: "e1",
  case: null,
  child: "",
  told: "",
  others_at_risk: "",
  worker_safe: null,
  recorded_at: NOW,
  write_up_by: NOW,
  write_up: null,
  gaps: [],
  attempts: calls.map((result) => ({ who: "Police", number: "999", result, at: NOW })),
});
/** The calls that were given to the shell, each time. */
const given = () =>
  vi.mocked(commands.recordEmergency).mock.calls.map(([, typed]) => typed.attempts.map((one) => one.result));

function showEmergency(): void {
  const numbers = [{ kind: "emergency", number: "999", name: "" }];
  vi.mocked(commands.emergencyNumbers).mockResolvedValue(ok({ numbers }) as never);
  router.go("/danger/e1");
  show(Danger as never, { id: "e1" });
}

it("records a call that was added before the earlier ones were here behind them", async () => {
  const loaded = waiting("emergency");
  const saves = waiting("recordEmergency");
  showEmergency();
  press(t("danger.still_trying"));
  loaded[0]?.(recorded("no_answer"));
  await vi.waitFor(() => expect(given()).toEqual([["no_answer", "still_trying"]]));
  saves[0]?.(recorded("no_answer", "still_trying"));
  await settled();
  expect(document.querySelectorAll(".sw-tries li")).toHaveLength(2);
});

it("loses no call that was added while something else was saved", async () => {
  vi.mocked(commands.emergency).mockResolvedValue(ok(recorded("told")) as never);
  const saves = waiting("recordEmergency");
  showEmergency();
  await settled();
  press(t("parts.save"));
  await vi.waitFor(() => expect(saves).toHaveLength(1));
  press(t("danger.no_answer"));
  saves[0]?.(recorded("told"));
  await vi.waitFor(() => expect(given()).toEqual([["told"], ["told", "no_answer"]]));
  saves[1]?.(recorded("told", "no_answer"));
  await settled();
});

it("says on the page to which somebody went that the call was not recorded", async () => {
  vi.mocked(commands.emergency).mockResolvedValue(ok(recorded()) as never);
  let refuse: (reply: unknown) => void = () => undefined;
  vi.mocked(commands.recordEmergency).mockImplementation(
    () => new Promise((done) => (refuse = done as typeof refuse)),
  );
  showEmergency();
  await settled();
  press(t("danger.no_answer"));
  await vi.waitFor(() => expect(commands.recordEmergency).toHaveBeenCalled());
  router.go("/children/7f3a");
  refuse({
    status: "error",
    error: {
      code: "disk_full",
      field: null,
      fields: [],
      wait_seconds: null,
      place: null,
      fault: null,
      handover: null,
    },
  });
  await settled();
  expect(unsaved.at).toBe("/danger/e1");
  unsaved.at = undefined;
});

it("leaves what was typed while a pasted day was spread over the boxes", async () => {
  const spreads = waiting("spreadDay");
  const props = $state({ id: "on", legend: "Day", value: { day: "", month: "", year: "" } });
  shown = mount(DateInput, { target: document.body, props });
  flushSync();
  const type = (id: string, words: string, kind: string) => {
    const box = document.querySelector<HTMLInputElement>(`#${id}`);
    if (!box) throw new Error(id);
    box.value = words;
    box.dispatchEvent(new Event(kind, { bubbles: true }));
    flushSync();
  };
  type("on", "27/3/2026", "input");
  type("on", "27/3/2026", "change");
  type("on", "28/3/2026", "input");
  spreads[0]?.({ day: "27", month: "3", year: "2026" });
  await settled();
  expect(document.querySelector<HTMLInputElement>("#on")?.value).toBe("28/3/2026");
  type("on", "28/3/2026", "change");
  spreads[1]?.({ day: "28", month: "3", year: "2026" });
  await settled();
  expect([...document.querySelectorAll("input")].map((box) => box.value)).toEqual(["28", "3", "2026"]);
});
