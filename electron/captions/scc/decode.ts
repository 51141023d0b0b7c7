/** What a viewer would see of an SCC file: cues with frame-exact times. */
import { CaptionScreen, type ScreenRow } from "../cea608/screen.ts";
import type { Cue } from "../cue.ts";
import { type FrameRate, frameToMs, ntsc } from "../time/frame-rate.ts";
import { timecodeToFrame } from "../time/timecode.ts";
import type { SccFile } from "./file.ts";

/** A caption as it stood on the screen. */
export interface SeenCaption {
  /** Frame of the first copy of the code that showed it, and of the one that took it away. */
  readonly startFrame: number;
  readonly endFrame: number;
  readonly rows: readonly ScreenRow[];
}

/** A caption that is never erased gets this long, as in pycaption. */
const lastCaptionFrames = 120;

/**
 * Plays the words of a file through a decoder. In pop-on a caption is what one flip shows; in roll-up and paint-on
 * it is what was written until the next line, flip or erase.
 */
export function decodeScc(file: SccFile, rate: FrameRate = ntsc): readonly SeenCaption[] {
  const screen = new CaptionScreen();
  const captions: SeenCaption[] = [];
  let open: { startFrame: number; rows: readonly ScreenRow[] } | undefined;
  let frame = 0;
  const close = (at: number): void => {
    if (open !== undefined && open.rows.length > 0 && at > open.startFrame) captions.push({ ...open, endFrame: at });
    open = undefined;
  };
  for (const line of file.lines) {
    // A line that begins before the one before it has ended is sent after it: one word a frame.
    frame = Math.max(frame, timecodeToFrame(line.timecode, rate));
    for (const word of line.words) {
      switch (screen.feed(word)) {
        case "replaced":
        case "rolled":
          close(frame);
          open = { startFrame: frame, rows: screen.rows() };
          break;
        case "written":
          open = { startFrame: open?.rows.length ? open.startFrame : frame, rows: screen.rows() };
          break;
        case "none":
          break;
      }
      frame++;
    }
  }
  if (open !== undefined) close(Math.max(frame, open.startFrame) + lastCaptionFrames);
  return captions;
}

/** Seen captions as cues, timed from `firstFrame`. */
export function toCues(captions: readonly SeenCaption[], firstFrame = 0, rate: FrameRate = ntsc): readonly Cue[] {
  return captions.map(({ startFrame, endFrame, rows }) => ({
    startMs: frameToMs(startFrame - firstFrame, rate),
    endMs: frameToMs(endFrame - firstFrame, rate),
    lines: rows.map(({ text }) => text),
  }));
}

/** A programme's first caption comes soon; a file that begins later in hour 1 really begins there. */
const soonMinutes = 2;

/**
 * The frame that stands for the start of the programme: hour 1 where the file's first label is in the first two
 * minutes of it (most mastering houses begin a programme at 01:00:00), else 0.
 */
export function programmeStart(file: SccFile, rate: FrameRate = ntsc): number {
  const first = file.lines[0]?.timecode;
  if (first?.hours !== 1 || first.minutes >= soonMinutes) return 0;
  return timecodeToFrame({ ...first, hours: 1, minutes: 0, seconds: 0, frames: 0 }, rate);
}
