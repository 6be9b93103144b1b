// No page says a word of its own: with a catalogue of which every word is marked, what has no mark came from the
// shell (what people typed, what the guidance says) or is a date.
import { flushSync, mount, unmount } from "svelte";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { startFake } from "../dev/fake";
import App from "@/App.svelte";
import { router } from "@/lib/router.svelte";
import { session } from "@/lib/session.svelte";
import { t } from "@/lib/words";
import { MARK, textOf, unmarked, wordsOf } from "./marked";

vi.mock("@words/en.json", async (original) => {
  const [real, { marked }] = await Promise.all([original<{ default: object }>(), import("./marked")]);
  return { default: marked(real.default) };
});

/** What came from the shell, and what the platform makes of a date. */
const known = new Set<string>();

type Shell = { invoke: (command: string, ...more: unknown[]) => Promise<unknown> };

function listen(): void {
  const shell = (window as unknown as { __TAURI_INTERNALS__: Shell }).__TAURI_INTERNALS__;
  const invoke = shell.invoke.bind(shell);
  shell.invoke = async (command, ...more) => {
    const reply = await invoke(command, ...more);
    wordsOf(reply).forEach((word) => known.add(word));
    return reply;
  };
}

function dates(): string[] {
  const all: string[] = [];
  for (let month = 0; month < 12; month += 1)
    for (const style of ["long", "short"] as const)
      all.push(new Intl.DateTimeFormat("en-GB", { month: style }).format(new Date(2026, month, 1)));
  for (let day = 1; day <= 7; day += 1)
    all.push(new Intl.DateTimeFormat("en-GB", { weekday: "long" }).format(new Date(2026, 5, day)));
  return all;
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 12; turn += 1) {
    await new Promise((done) => setTimeout(done, 0));
    flushSync();
  }
}

/** Letters of a hash. */
const HASH = /^[a-f]+$/;

const PAGES = [
  "/today",
  "/today/duties/o1",
  "/danger",
  "/danger/emergency-1/write-up",
  "/children",
  "/children/new",
  "/children/case-ayla",
  "/children/case-ayla/share",
  "/children/case-ayla/otherwise",
  "/decide/without/works-with-children",
  "/decide/without/numbers",
  "/decide/whose/moves",
  "/decide/decision-2/door",
  "/children/case-ayla/people",
  "/children/case-ayla/people/new",
  "/children/case-ayla/ties/new",
  "/children/case-ayla/flags/new",
  "/children/case-ayla/entries/new",
  "/children/case-ayla/visits/new",
  "/children/case-ayla/visits/visit-1",
  "/children/case-ayla/visits/visit-1/lines",
  "/children/case-ayla/copy/people/person-1",
  "/children/case-ayla/copy/entries/item-1",
  "/children/case-ayla/disclosures/new",
  "/children/case-ayla/details",
  "/children/case-ayla/request",
  "/directory",
  "/directory/new",
  "/directory/contact-orla",
  "/directory/contact-orla/remove",
  "/today/o1/write",
  "/restricted",
  "/restricted/new",
  "/decide",
  "/decide/decision-2",
  "/decide/decision-2/question/danger",
  "/decide/decision-2/question/others",
  "/decide/decision-2/question/weighing",
  "/decide/decision-2/question/adviser",
  "/decide/decision-2/question/items",
  "/decide/decision-2/question/on",
  "/decide/decision-2/question/tell",
  "/decide/decision-2/outcome",
  "/decide/decision-2/check",
  "/calls/decision-2/act-harm",
  "/decisions/decision-1",
  "/decisions/decision-1/replay",
  "/decisions/decision-1/countersign",
  "/decisions/decision-1/map",
  "/countersign",
  "/search/ayla",
  "/handover",
  "/settings",
  "/settings/display",
  "/settings/keys",
  "/settings/lock",
  "/settings/backup",
  "/settings/check",
  "/settings/guidance",
  "/settings/about",
  "/settings/recovery",
  "/settings/passphrase",
  "/settings/details",
  "/library/england",
  "/library/england/map",
  "/help",
  "/help/sources",
];

describe("a catalogue of which every word is marked", () => {
  let shown: object | undefined;

  beforeAll(async () => {
    startFake(new URLSearchParams(""));
    listen();
    dates().forEach((word) => known.add(word));
    // The program's own name is the same in every language; so are ids of packs, initials and what was
    // typed to search.
    for (const word of ["Sharewell", "england", "wales", "ayla", "AS"]) known.add(word);
    shown = mount(App, { target: document.body });
    // The pages are read once the first frame is painted.
    await vi.waitUntil(() => document.querySelector("main h1"), { timeout: 300_000 });
    await settle();
    expect(session.view?.phase).toBe("open");
    expect(t("frame.today").startsWith(MARK), "the window speaks it").toBe(true);
    return () => shown && void unmount(shown);
  });

  it.each(PAGES)("leaves no word of its own on %s", async (address) => {
    router.go(address);
    await settle();
    const page = document.body;
    expect(page.querySelector("h1")?.textContent, "the page has a heading").toBeTruthy();
    expect(unmarked(textOf(page), known).filter((word) => !HASH.test(word))).toEqual([]);
  });
});
