// Where the window is. Addresses stand behind the hash, so that Back, the keyboard and the lock (which
// asks where to resume) have one meaning; nothing of them is written to disk.
import { tick, type Component } from "svelte";

type Params = Record<string, string>;
/** What every page is given: the named parts of its address. */
export type PageProps = { params: Params };
/** A pattern such as `/children/:id`, its page, and the entry of the rail that it belongs to. */
export type Route = {
  path: string;
  page: Component<PageProps> | Component<Record<string, never>>;
  area: string;
  /** The page stays as it is while its parameters change (search, as somebody types). */
  stays?: boolean;
};

/** A page that waits for something. What follows moves whoever is still there, and nobody who has gone on meanwhile:
    who pressed *Child in danger now* while a form was saved stays where they are. */
export type Here = {
  /** Its address. */
  readonly address: string;
  /** Whether somebody has gone to another page since. */
  readonly left: boolean;
  go: Router["go"];
  back: Router["back"];
  arrive: Router["arrive"];
};

const read = (): string | undefined =>
  window.location.hash.startsWith("#/") ? window.location.hash.slice(1) : undefined;

class Router {
  address = $state(read() ?? "/");
  /** Rises at each arrival that should move the focus. */
  arrival = $state(0);
  #index = 0;
  #leaving: ((to: string) => void)[] = [];

  constructor() {
    window.addEventListener("popstate", (event: PopStateEvent) => {
      const address = read();
      if (address === undefined) return;
      const index = (event.state as { index?: number } | null)?.index;
      if (index === undefined) history.replaceState({ index: ++this.#index }, "");
      else this.#index = index;
      this.#arrive(address, true);
    });
    history.replaceState({ index: 0 }, "");
  }

  #arrive(address: string, focus: boolean): void {
    for (const leave of this.#leaving) leave(address);
    this.address = address;
    if (focus) this.arrival += 1;
  }

  go(address: string, how: { replace?: boolean; focus?: boolean } = {}): void {
    if (address === this.address && !how.replace) {
      this.arrival += 1;
      return;
    }
    if (how.replace) history.replaceState({ index: this.#index }, "", `#${address}`);
    else history.pushState({ index: ++this.#index }, "", `#${address}`);
    this.#arrive(address, how.focus ?? true);
  }

  /** The page became another one at the same address: its heading takes the focus. */
  arrive(): void {
    this.arrival += 1;
  }

  /** Back to the page before; to `otherwise` where there is none in this sitting. */
  back(otherwise: string): void {
    if (this.#index > 0) history.back();
    else this.go(otherwise, { replace: true });
  }

  /** The page that is shown now, for what it will do once something that it waits for has come. */
  here(): Here {
    const { address } = this;
    const left = () => this.address !== address;
    return {
      address,
      get left() {
        return left();
      },
      go: (to, how) => void (left() || this.go(to, how)),
      back: (otherwise) => void (left() || this.back(otherwise)),
      arrive: () => void (left() || this.arrive()),
    };
  }

  /** Forgets the pages before this one, as after unlocking. */
  begin(address: string): void {
    this.#index = 0;
    this.go(address, { replace: true });
  }

  /** Calls back before the page changes, so that a draft can be saved. Returns how to stop. */
  onLeave(save: (to: string) => void): () => void {
    this.#leaving.push(save);
    return () => {
      this.#leaving = this.#leaving.filter((one) => one !== save);
    };
  }
}

export const router = new Router();

/** The first route whose pattern fits, with the named parts of the address. */
export function match(
  routes: readonly Route[],
  address: string,
): { route: Route; params: Params } | undefined {
  const parts = address.split("/").filter(Boolean);
  for (const route of routes) {
    const wanted = route.path.split("/").filter(Boolean);
    if (wanted.length !== parts.length) continue;
    const params: Params = {};
    const fits = wanted.every((want, at) => {
      const part = parts[at] ?? "";
      if (!want.startsWith(":")) return want === part;
      try {
        params[want.slice(1)] = decodeURIComponent(part);
      } catch {
        return false;
      }
      return true;
    });
    if (fits) return { route, params };
  }
  return undefined;
}

/** Where a page begins to be read: at its top, and below the bar where that fills most of a low window, as it does at
    four times the size of text. */
function beginning(root: HTMLElement): number {
  const above = root.getBoundingClientRect().top + window.scrollY;
  return above > (window.innerHeight * 2) / 3 ? above : 0;
}

/** Moves the focus to the page's heading, as soon as the page has one, unless somebody was faster. */
export async function focusHeading(root: HTMLElement): Promise<void> {
  await tick();
  const found = () => root.querySelector<HTMLElement>("h1");
  const focus = (heading: HTMLElement) => {
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    window.scrollTo({ top: beginning(root) });
  };
  const heading = found();
  if (heading) {
    focus(heading);
    return;
  }
  const watch = new MutationObserver(() => {
    const arrived = found();
    if (!arrived) return;
    stop();
    if (document.activeElement === document.body || !root.contains(document.activeElement)) focus(arrived);
  });
  const stop = () => {
    watch.disconnect();
    root.removeEventListener("pointerdown", stop);
  };
  root.addEventListener("pointerdown", stop, { once: true });
  watch.observe(root, { childList: true, subtree: true });
}
