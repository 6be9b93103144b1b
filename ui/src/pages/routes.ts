// Every page and its address. The first that fits is shown.
import type { Route } from "@/lib/router.svelte";
import Danger from "./danger/Danger.svelte";
import DangerWriteUp from "./danger/WriteUp.svelte";
import Help from "./help/Help.svelte";
import Settings from "./settings/Settings.svelte";
import Settle from "./today/Settle.svelte";
import Today from "./today/Today.svelte";

export const routes: readonly Route[] = [
  { path: "/today", page: Today, area: "today" },
  { path: "/today/:id", page: Settle, area: "today" },
  { path: "/danger", page: Danger, area: "danger", stays: true },
  { path: "/danger/:id", page: Danger, area: "danger", stays: true },
  { path: "/danger/:id/write-up", page: DangerWriteUp, area: "danger" },
  { path: "/settings", page: Settings, area: "settings" },
  { path: "/settings/:part", page: Settings, area: "settings" },
  { path: "/help", page: Help, area: "help" },
  { path: "/help/:part", page: Help, area: "help" },
];
