/** The interface of the schedulers of all caption modes. */
import type { Cue } from "../../cue.ts";
import { type FrameRate, ntsc } from "../../time/frame-rate.ts";
import type { Substitution } from "../transliterate.ts";
import type { Transmission } from "./frame-timeline.ts";

export interface ScheduleOptions {
  readonly rate: FrameRate;
  /** The frame of the file's timecode at which the program starts. Loads may begin before it, down to 0. */
  readonly startFrame: number;
  readonly align: "center" | "left";
  /** Maximum rows, 2 to 4, of two captions that are merged because they cannot be loaded one after the other. */
  readonly maxMergedRows: number;
}

export const defaultScheduleOptions: ScheduleOptions = {
  rate: ntsc,
  startFrame: 0,
  align: "center",
  maxMergedRows: 2,
};

/** What was done to show a caption on time, in the order in which it is tried. */
export type Repair =
  /** The previous caption stays until this one replaces it, instead of being erased at its out-time. */
  | "erase-left-out"
  /** The non-displayed memory, known to be empty, is not cleared. */
  | "clear-left-out"
  /** The rows begin at a multiple of four columns instead of exactly centered. */
  | "moved-left"
  /** It is shown together with the previous caption. */
  | "merged"
  /** It is late. */
  | "delayed";

/** The scheduling result of a caption. */
export interface ScheduledCaption {
  /** Indexes in the input list: more than one if captions were merged. */
  readonly indexes: readonly number[];
  /** Frame at which its first part appears. */
  readonly showFrame: number;
  /** Number of frames by which `showFrame` is after the in-time. */
  readonly lateFrames: number;
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
