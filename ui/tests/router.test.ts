import { describe, expect, it } from "vitest";
import { at } from "@/lib/addresses";
import { match, router, type Route } from "@/lib/router.svelte";

const page = null as unknown as Route["page"];
const routes: Route[] = [
  { path: "/children/new", page, area: "new" },
  { path: "/children/:id", page, area: "child" },
  { path: "/search/:query", page, area: "search" },
];

describe("an address", () => {
  it("finds the first page that fits", () => {
    expect(match(routes, "/children/new")?.route.area).toBe("new");
    expect(match(routes, "/children/7f3a")).toMatchObject({
      route: { area: "child" },
      params: { id: "7f3a" },
    });
    expect(match(routes, "/children"), "too short").toBeUndefined();
    expect(match(routes, "/children/7f3a/more"), "too long").toBeUndefined();
  });

  it("brings back what was searched for, whatever its letters", () => {
    const query = "Siân / Ŵyn? 50% #1";
    expect(match(routes, at.search(query))?.params["query"]).toBe(query);
  });

  it("that is broken leads nowhere and does not throw", () => {
    expect(match(routes, "/search/%E0%A4%A")).toBeUndefined();
  });
});

describe("a page that waits for something", () => {
  it("moves whoever is still there, and nobody who has gone on", () => {
    router.go("/children/7f3a/entries/new");
    const here = router.here();
    router.go("/danger");
    const arrival = router.arrival;
    here.go("/children/7f3a", { replace: true });
    here.back("/today");
    here.arrive();
    expect(here.left).toBe(true);
    expect([router.address, router.arrival]).toEqual(["/danger", arrival]);
    router.go(here.address);
    expect(here.left, "they came back").toBe(false);
    here.go("/children/7f3a");
    expect(router.address).toBe("/children/7f3a");
  });
});
