// Every page and its address. The first that fits is shown.
import type { Route } from "@/lib/router.svelte";
import Danger from "./danger/Danger.svelte";
import DangerWriteUp from "./danger/WriteUp.svelte";
import Begin from "./decide/Begin.svelte";
import CheckDecision from "./decide/Check.svelte";
import Decide from "./decide/Decide.svelte";
import Decision from "./decide/Decision.svelte";
import Outcome from "./decide/Outcome.svelte";
import Question from "./decide/Question.svelte";
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
  { path: "/decide", page: Begin, area: "decide" },
  { path: "/decide/:id", page: Decide, area: "decide" },
  { path: "/decide/:id/question/:step", page: Question, area: "decide" },
  { path: "/decide/:id/outcome", page: Outcome, area: "decide" },
  { path: "/decide/:id/check", page: CheckDecision, area: "decide" },
  { path: "/decisions/:id", page: Decision, area: "decide" },
  { path: "/settings", page: Settings, area: "settings" },
  { path: "/settings/:part", page: Settings, area: "settings" },
  { path: "/help", page: Help, area: "help" },
  { path: "/help/:part", page: Help, area: "help" },
];
