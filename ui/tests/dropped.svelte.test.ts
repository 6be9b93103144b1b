// Files that are dropped on the window: taken in as if they were chosen, while a page that takes them is there.
import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { commands, type ReceiptView } from "@/lib/bindings";
import { t } from "@/lib/words";
import Receipt from "@/pages/handover/Receipt.svelte";
import Agency from "@/pages/settings/Agency.svelte";

vi.mock("@/lib/bindings", () => ({
  commands: {
    agencyPage: vi.fn(),
    chooseOpenPath: vi.fn(),
    previewProfile: vi.fn(),
    session: vi.fn(),
    takeReceipt: vi.fn(),
  },
}));

type Told = (event: { payload: { paths: string[] } }) => void;
const listeners = new Map<string, Set<Told>>();
vi.mock("@tauri-apps/api/event", () => ({
  listen: (name: string, told: Told) => {
    const all = listeners.get(name) ?? new Set();
    listeners.set(name, all.add(told));
    return Promise.resolve(() => all.delete(told));
  },
}));

/** What the platform tells once files are let go of over the window. */
function drop(...paths: string[]): void {
  for (const told of listeners.get("tauri://drag-drop") ?? []) told({ payload: { paths } });
}
/** Waits until the page says so. */
const says = (words: string, times = 1): Promise<void> =>
  vi.waitFor(() => {
    flushSync();
    expect(said().split(words)).toHaveLength(times + 1);
  });

const receipt = (id: string): ReceiptView => ({
  id,
  handover: "0198",
  agency: "Madeup Community Health",
  made_at: "2026-10-06T09:30:00+01:00",
  taken_at: "2026-10-06T09:40:00+01:00",
  outcome: "taken",
  reason: null,
  entries: 41,
  not_taken: [],
  forked: [],
  disposed: 0,
  again: false,
});
const failed = (code: string) => ({
  status: "error" as const,
  error: { code, field: null, fields: [], wait_seconds: null, place: null, fault: null, handover: null },
});

let shown: object | undefined;
const ontaken = vi.fn(() => Promise.resolve());
beforeEach(() => {
  vi.mocked(commands.agencyPage).mockResolvedValue(failed("unexpected") as never);
  vi.mocked(commands.takeReceipt).mockImplementation(
    (path) =>
      Promise.resolve(
        path.endsWith(".sharewell-receipt")
          ? { status: "ok" as const, data: receipt(path) }
          : failed("receipt_unreadable"),
      ) as never,
  );
});
afterEach(async () => {
  if (shown) await unmount(shown);
  shown = undefined;
  document.body.replaceChildren();
  vi.clearAllMocks();
});
function handover(): void {
  shown = mount(Receipt, { target: document.body, props: { ontaken } });
  flushSync();
}
const said = () => document.body.textContent ?? "";

it("a receipt that is dropped on the window is taken in as one that was chosen", async () => {
  handover();
  drop("/media/stick/a.sharewell-receipt");
  await says(t("handover.receipt.done"));
  expect(commands.takeReceipt).toHaveBeenCalledExactlyOnceWith("/media/stick/a.sharewell-receipt");
  expect(commands.chooseOpenPath).not.toHaveBeenCalled();
  expect(ontaken).toHaveBeenCalledOnce();
});

it("a file of another kind says so and takes nothing from one beside it", async () => {
  handover();
  drop("/home/nia/letter.pdf");
  await vi.waitFor(() => expect(said()).toContain(t("errors.receipt_unreadable.said")));
  expect(ontaken).not.toHaveBeenCalled();
  drop("/home/nia/letter.pdf", "/home/nia/a.sharewell-receipt", "/home/nia/b.sharewell-receipt");
  await says(t("handover.receipt.done"), 2);
  expect(said()).toContain("letter.pdf: ");
  expect(ontaken).toHaveBeenCalledOnce();
});

it("a profile that is dropped on the agency's page is shown and not taken in", async () => {
  vi.mocked(commands.previewProfile).mockResolvedValue(failed("not_a_profile") as never);
  shown = mount(Agency, { target: document.body });
  flushSync();
  drop("/home/nia/letter.pdf");
  await vi.waitFor(() => expect(said()).toContain(t("errors.not_a_profile.said")));
  expect(commands.previewProfile).toHaveBeenCalledExactlyOnceWith("/home/nia/letter.pdf");
});

it("nothing is taken once the page has gone", async () => {
  handover();
  if (shown) await unmount(shown);
  shown = undefined;
  expect([...(listeners.get("tauri://drag-drop") ?? [])]).toHaveLength(0);
  drop("/media/stick/a.sharewell-receipt");
  expect(commands.takeReceipt).not.toHaveBeenCalled();
});
