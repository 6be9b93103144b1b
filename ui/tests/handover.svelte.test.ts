// The handover page in a vault of many files: what is ticked is shown.
import { flushSync, mount, unmount } from "svelte";
import { afterEach, expect, it, vi } from "vitest";
import { commands, type HandoverFile, type HandoverPage } from "@/lib/bindings";
import { t } from "@/lib/words";
import Handover from "@/pages/handover/Handover.svelte";

vi.mock("@/lib/bindings", () => ({
  commands: { handoverPage: vi.fn(), handoverOffer: vi.fn(), note: vi.fn(), session: vi.fn() },
}));
vi.mock("@tauri-apps/api/event", () => ({ listen: () => Promise.resolve(() => undefined) }));

const RECIPIENT = "age1fictional";
const OF = 120;
const AT_FIRST = 50;

const file = (number: number): HandoverFile => ({
  case: `case-${number}`,
  kind: "family",
  name: `Child ${number} Madeupson`,
  telling: [],
  restricted: null,
  entries: 3,
  waiting: 3,
  waits: [{ recipient: RECIPIENT, waiting: 3 }],
});

const page = (files: number): HandoverPage => ({
  recipients: [
    {
      recipient: RECIPIENT,
      name: "Northmere records team",
      fingerprint: "ABCD EFGH",
      imported_at: "2026-10-06T09:30:00+01:00",
    },
  ],
  files: Array.from({ length: files || AT_FIRST }, (_, number) => file(number)),
  of_files: OF,
  files_waiting: OF,
  restricted: [],
  made: [],
  of_made: 0,
  unwritten: null,
  since: null,
  has_profile: true,
});

let shown: object | undefined;
afterEach(() => {
  if (shown) void unmount(shown);
  document.body.replaceChildren();
});

const boxes = (ticked: boolean): number =>
  [...document.querySelectorAll<HTMLInputElement>("input[name=files]")].filter(
    (one) => one.checked === ticked,
  ).length;
const press = (words: string): void => {
  const all = [...document.querySelectorAll("button")];
  all.find((one) => one.textContent.includes(words))?.click();
};
const until = (holds: () => void): Promise<void> =>
  vi.waitFor(() => {
    flushSync();
    holds();
  });

it("shows every file that it ticks", async () => {
  vi.mocked(commands.handoverPage).mockImplementation((look) =>
    Promise.resolve({ status: "ok", data: page(look.files) }),
  );
  vi.mocked(commands.handoverOffer).mockResolvedValue({
    status: "ok",
    data: { waiting: 0, has: 0, on_purpose: null, papers_kib: 0, parts: 0, lacks: [] },
  });
  vi.mocked(commands.note).mockResolvedValue({ status: "ok", data: null });
  shown = mount(Handover, { target: document.body });
  await until(() => expect(boxes(false)).toBe(AT_FIRST));
  press(t("handover.more_files", { shown: AT_FIRST, count: OF }));
  await until(() => expect(boxes(false)).toBe(AT_FIRST + 50));

  press(t("handover.all"));

  await until(() => expect([boxes(true), boxes(false)]).toEqual([OF, 0]));
});
