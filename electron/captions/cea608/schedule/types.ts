/** What every mode's scheduler takes and gives. */
import type { Cue } from "../../cue.ts";
import { type FrameRate, ntsc } from "../../time/frame-rate.ts";
import type { Substitution } from "../transliterate.ts";
import type { Transmission } from "./frame-timeline.ts";

export interface ScheduleOptions {
  readonly rate: FrameRate;
  /** The frame on the file's timecode that is the start of the programme. Loads may begin before it, down to 0. */
  readonly startFrame: number;
  readonly align: "center" | "left";
  /** Two captions become one of at most this many rows where they cannot be loaded one after the other; 2 to 4. */
  readonly maxMergedRows: number;
}

export const defaultScheduleOptions: ScheduleOptions = {
  rate: ntsc,
  startFrame: 0,
  align: "center",
  maxMergedRows: 2,
};

/** What was done so that a caption comes in time, in the order in which it is tried. */
export type Repair =
  /** The caption before stays until this one replaces it, instead of being erased at its out-time. */
  | "erase-left-out"
  /** The hidden memory, known to be empty, is not cleared. */
  | "clear-left-out"
  /** The rows begin at the next multiple of four columns instead of exactly in the middle. */
  | "moved-left"
  /** It is shown together with the caption before it. */
  | "merged"
  /** It is late. */
  | "delayed";

/** How a caption fared. */
export interface ScheduledCaption {
  /** Indexes in the list that was handed in: more than one where captions were merged. */
  readonly indexes: readonly number[];
  /** Frame at which the first of it appears. */
  readonly showFrame: number;
  /** How many frames that is after its in-time. */
  readonly lateFrames: number;
  /** Frame at which it goes. */
  readonly eraseFrame: number;
  readonly repairs: readonly Repair[];
  readonly lost: readonly Substitution[];
}

export interface Schedule {
  readonly transmissions: readonly Transmission[];
  readonly captions: readonly ScheduledCaption[];
}

/** A scheduler takes cues in the order in which they shall appear, each with text on at most four rows of 32. */
export type Scheduler = (cues: readonly Cue[], options: ScheduleOptions) => Schedule;
