/** The interface of the schedulers of all caption modes. */
import type { Cue } from "../../cue.ts";
import { type FrameRate, ntsc } from "../../time/frame-rate.ts";
import { columnCount } from "../codes.ts";
import type { Substitution } from "../transliterate.ts";
import type { Transmission } from "./frame-timeline.ts";

export interface ScheduleOptions {
  readonly rate: FrameRate;
  /** The frame of the file's timecode at which the program starts. Loads may begin before it, down to 0. */
  readonly startFrame: number;
  readonly align: "center" | "left";
  /** Maximum rows, 2 to 4, of captions that are shown as one because they cannot be loaded one after the other. */
  readonly maxMergedRows: number;
  /** Maximum columns, up to 32, of rows whose words are joined. */
  readonly maxColumns: number;
}

export const defaultScheduleOptions: ScheduleOptions = {
  rate: ntsc,
  startFrame: 0,
  align: "center",
  maxMergedRows: 3,
  maxColumns: columnCount,
};

/** What was done to show a caption on time, from the least noticeable to the most. */
export type Repair =
  /** The previous caption stays until this one replaces it, instead of being erased at its out-time. */
  | "erase-left-out"
  /** A code that the decoder does not need here is left out: clearing a memory that is empty, choosing a mode again. */
  | "clear-left-out"
  /** The rows begin at a multiple of four columns instead of exactly centered. */
  | "moved-left"
  /** It is shown before its in-time, by at most `maxEarlyFrames`. */
  | "early"
  /** It is shown together with other captions, one below the other. */
  | "merged"
  /** It is shown together with other captions, and their words share rows. */
  | "joined"
  /** It is late. */
  | "delayed";

/** The scheduling result of what is shown at once. */
export interface ScheduledCaption {
  /** Indexes in the input list, without a gap: more than one if captions are shown together. */
  readonly indexes: readonly number[];
  /** Frames at which they appear, one for each of `indexes`; in pop-on all the same. */
  readonly showFrames: readonly number[];
  /** Number of frames by which a caption of it is shown after its in-time; of several, the greatest. */
  readonly lateFrames: number;
  /** Number of frames by which a caption of it is shown before its in-time; of several, the greatest. */
  readonly earlyFrames: number;
  /** Frame at which it disappears. */
  readonly eraseFrame: number;
  readonly repairs: readonly Repair[];
  readonly lost: readonly Substitution[];
}

export interface Schedule {
  readonly transmissions: readonly Transmission[];
  readonly captions: readonly ScheduledCaption[];
}

/** A scheduler takes cues in display order, each with text on at most four rows of 32 columns. */
export type Scheduler = (cues: readonly Cue[], options: ScheduleOptions) => Schedule;
