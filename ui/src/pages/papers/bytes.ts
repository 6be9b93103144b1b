// The bytes of a paper, piece by piece out of the vault.
import { commands, type Failure, type PaperView } from "@/lib/bindings";

type Bytes = { status: "ok"; data: Uint8Array<ArrayBuffer> } | { status: "error"; error: Failure };

/** Bytes out of base 64. */
export function decoded(text: string): Uint8Array<ArrayBuffer> {
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at += 1) bytes[at] = letters.charCodeAt(at);
  return bytes;
}

/** All of them, or as many as came before nobody wanted them any more. */
export async function bytesOf(file: string, paper: PaperView, stop: () => boolean): Promise<Bytes> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for (let number = 0; number < paper.pieces && !stop(); number += 1) {
    const reply = await commands.paperPiece(file, paper.id, number);
    if (reply.status === "error") return reply;
    if (reply.data === null) break;
    pieces.push(decoded(reply.data));
  }
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let filled = 0;
  for (const piece of pieces) {
    all.set(piece, filled);
    filled += piece.length;
  }
  return { status: "ok", data: all };
}

/** Bytes in base 64, as the shell takes them. */
export function encoded(bytes: Uint8Array): string {
  const AT_A_TIME = 0x8000;
  let letters = "";
  for (let at = 0; at < bytes.length; at += AT_A_TIME) {
    letters += String.fromCharCode(...bytes.subarray(at, at + AT_A_TIME));
  }
  return btoa(letters);
}
