// How large the text is. The shell knows the sizes, sets them and keeps them; the page says which way.
import { announce } from "./announce.svelte";
import { commands, type Resize } from "./bindings";
import { session } from "./session.svelte";
import { t } from "./words";

const WHEEL_MS = 120;

export async function resizeText(how: Resize): Promise<void> {
  const reply = await commands.resizeText(how);
  if (reply.status === "error") return;
  if (session.view) session.view.settings.text_size = reply.data;
  announce(t("settings.display.size_now", { size: reply.data }));
}

/** Ctrl and the wheel, until the function it returns is called. One turn is one step, however finely it turns. */
export function listenForWheel(): () => void {
  let last = 0;
  const turn = (event: WheelEvent) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    if (event.deltaY === 0 || event.timeStamp - last < WHEEL_MS) return;
    last = event.timeStamp;
    void resizeText(event.deltaY < 0 ? "larger" : "smaller");
  };
  window.addEventListener("wheel", turn, { passive: false });
  return () => window.removeEventListener("wheel", turn);
}
