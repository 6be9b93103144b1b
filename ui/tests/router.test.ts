import { describe, expect, it } from "vitest";
import { at } from "@/lib/addresses";
import { match, type Route } from "@/lib/router.svelte";

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
