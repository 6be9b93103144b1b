// The one way out of the window: everything that a page sends to the shell goes through here. Half a character,
// which a paste or a cut inside an emoji leaves behind, is no text that the shell can read, and would fail every
// save from then on: it is replaced by the sign for a letter that is lost.
import { invoke as send, type InvokeArgs, type InvokeOptions } from "@tauri-apps/api/core";

/** A value as it can be sent, every text in it whole. */
export function whole(value: unknown): unknown {
  if (typeof value === "string") return value.replace(/\p{Surrogate}/gu, "\ufffd");
  if (Array.isArray(value)) return value.map(whole);
  if (value !== null && typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, whole(one)]));
  return value;
}

/** Sends a command to the shell. */
export const invoke = <T>(command: string, args?: InvokeArgs, options?: InvokeOptions): Promise<T> =>
  send<T>(command, whole(args) as InvokeArgs | undefined, options);
