/**
 * Service 1 of CEA-708 beside the captions of line 21: every screen that line 21 shows is written into a hidden window
 * shortly before, and shown and taken away in the same frames.
 */
import { append } from "../../append.ts";
import type { DecodedCaption } from "../../scc/decode.ts";
import { deleteAllWindows, encodeFlip, encodeHide, encodeWindow, maxBlockBytes } from "./dtvcc.ts";

/** Two commands of two bytes may fall into a frame that is full of text: a window that is hidden, and one shown. */
const loadBytes = maxBlockBytes - 4;

/** Cuts what writes a window into pieces for frames, never within a code: the first byte of a code says how long it is. */
function cutLoad(bytes: readonly number[]): readonly (readonly number[])[] {
  const pieces: number[][] = [[]];
  for (let at = 0; at < bytes.length; ) {
    const length = codeLength(bytes[at] ?? 0);
    if ((pieces.at(-1)?.length ?? 0) + length > loadBytes) pieces.push([]);
    pieces.at(-1)?.push(...bytes.slice(at, at + length));
    at += length;
  }
  return pieces;
}

/** Bytes of a code with its parameters, of those that are used here (CEA-708, 7.1). */
function codeLength(first: number): number {
  if (first === 0x10) return 2;
  if (first >= 0x98 && first <= 0x9f) return 7;
  if (first >= 0x88 && first <= 0x8c) return 2;
  return first === 0x90 || first === 0x92 ? 3 : first === 0x91 ? 4 : 1;
}

/**
 * The bytes of the service by frame, each of one service block. A caption that is too long to be written between its
 * neighbors comes later, as on line 21, and none is lost.
 */
export function scheduleService(captions: readonly DecodedCaption[]): ReadonlyMap<number, readonly number[]> {
  const frames = new Map<number, number[]>();
  const send = (frame: number, bytes: readonly number[]): void => {
    const block = frames.get(frame);
    if (block === undefined) frames.set(frame, [...bytes]);
    else append(block, bytes);
  };
  let shownFrame = -1;
  let open: { readonly window: number; readonly endFrame: number } | undefined;
  for (const [index, { startFrame, endFrame, rows }] of captions.entries()) {
    const window = index % 2;
    const pieces = cutLoad([...(index === 0 ? deleteAllWindows : []), ...encodeWindow(window, rows)]);
    // The window was shown before the last flip, and is free after it.
    const loadFrame = Math.max(shownFrame + 1, startFrame - pieces.length, 0);
    pieces.forEach((piece, part) => {
      send(loadFrame + part, piece);
    });
    const flipFrame = Math.max(startFrame, loadFrame + pieces.length);
    const isStillOpen = open !== undefined && open.endFrame >= flipFrame;
    if (open !== undefined && !isStillOpen) send(open.endFrame, encodeHide(open.window));
    send(flipFrame, encodeFlip(window, isStillOpen ? open?.window : undefined));
    shownFrame = flipFrame;
    open = { window, endFrame: Math.max(endFrame, flipFrame + 1) };
  }
  if (open !== undefined) {
    send(open.endFrame, encodeHide(open.window));
    // Some decoders take a packet in when the next one begins.
    send(open.endFrame + 1, deleteAllWindows);
  }
  return frames;
}
