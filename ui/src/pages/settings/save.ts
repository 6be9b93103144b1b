import { commands, type Failure, type Settings } from "@/lib/bindings";
import { session } from "@/lib/session.svelte";

/** Saves one change to the settings. Returns what went wrong, if anything. */
export async function saveSettings(change: Partial<Settings>): Promise<Failure | undefined> {
  if (!session.view) return undefined;
  const reply = await commands.saveSettings({ ...session.view.settings, ...change });
  if (reply.status === "error") return reply.error;
  session.take(reply.data);
  return undefined;
}
