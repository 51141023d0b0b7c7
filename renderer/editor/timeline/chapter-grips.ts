/** The flags of agenda items on the timeline, and where a drag of one would let it begin. Pure. */
import { type EditCue, indexAt, type Mark } from "../../../electron/captions/editing/document.ts";

/** Width of the part of a flag by which it is taken, in pixels: the rest of the ruler moves the playhead. */
const flagPixels = 12;
/** So far left of its line a flag is hit, in pixels. */
const linePixels = 3;
/** An agenda item is drawn to the start of a caption from so far, in pixels. */
const snapPixels = 14;

/** The agenda item whose flag is at a time; of several, the last. */
export const findChapter = (marks: readonly Mark[], ms: number, msPerPixel: number): Mark | undefined =>
  marks.findLast(({ kind, atMs }) => {
    const pixels = (ms - atMs) / msPerPixel;
    return kind === "chapter" && pixels >= -linePixels && pixels <= flagPixels;
  });

export interface ChapterDrag {
  /** Id of the agenda item. */
  readonly mark: number;
  /** Where it would begin, in milliseconds. */
  readonly atMs: number;
}

/** Agenda items begin with a caption where one is near. @param byMs how far it was dragged */
export function dragChapter(
  { id, atMs }: Mark,
  byMs: number,
  facts: { readonly cues: readonly EditCue[]; readonly msPerPixel: number; readonly durationMs: number },
): ChapterDrag {
  const { cues, msPerPixel, durationMs } = facts;
  const ms = atMs + byMs;
  const at = indexAt(cues, ms);
  const near = [cues[at], cues[at + 1]].find(
    (cue) => cue !== undefined && Math.abs(cue.startMs - ms) / msPerPixel <= snapPixels,
  );
  return { mark: id, atMs: Math.round(Math.min(durationMs, Math.max(0, near?.startMs ?? ms))) };
}
