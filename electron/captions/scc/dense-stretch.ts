/** Stretches of captions that are later than a viewer can follow: why they are, and what would help. */
import { columnCount, maxCaptionRows } from "../cea608/codes.ts";
import type { Schedule, ScheduledCaption, ScheduleOptions } from "../cea608/schedule/types.ts";
import { countColumns } from "../cea608/transliterate.ts";
import { type Cue, cueText } from "../cue.ts";
import { frameToMs, msToFrame } from "../time/frame-rate.ts";
import type { SccMode } from "./mode.ts";
import { getScheduler } from "./scheduler.ts";

/**
 * What would show every caption of a stretch within the delay that the profile allows: tried, not guessed. To shorten
 * the text always helps, as does room before the first caption of a file.
 */
export type DenseRemedy = "begin-at-hour-one" | "four-rows" | "paint-on" | "roll-up" | "shorten";

export interface DenseStretch {
  readonly atMs: number;
  readonly untilMs: number;
  /** The greatest delay, in milliseconds. */
  readonly lateMs: number;
  /** How many captions are later than the profile allows. */
  readonly captions: number;
  /**
   * More text than line 21 carries in the time from the first in-time to the last out-time; captions that follow each
   * other faster than they can be loaded; or no room to load a caption at the beginning of the file.
   */
  readonly cause: "text" | "pace" | "beginning";
  readonly remedies: readonly DenseRemedy[];
}

export interface DenseOptions {
  readonly mode: SccMode;
  readonly maxDelayMs: number;
  readonly schedule: ScheduleOptions;
}

/** A cue of the schedule with its delay in milliseconds. */
interface TimedCue {
  readonly index: number;
  readonly lateMs: number;
}

function listDelays(cues: readonly Cue[], captions: readonly ScheduledCaption[], options: ScheduleOptions): TimedCue[] {
  const { rate, startFrame } = options;
  return captions.flatMap(({ indexes, showFrames, lateFrames }) =>
    indexes.map((index, position) => {
      const inFrame = startFrame + msToFrame(cues[index]?.startMs ?? 0, rate);
      const own = Math.max(0, (showFrames[position] ?? inFrame) - inFrame);
      // In roll-up, a line after the first one may be the latest.
      return { index, lateMs: frameToMs(indexes.length === 1 ? lateFrames : own, rate) };
    }),
  );
}

/** True when the stretch, shown in another way, is never later than allowed. */
function isCured(cues: readonly Cue[], mode: SccMode, { maxDelayMs, schedule }: DenseOptions, rows: number): boolean {
  const { captions } = getScheduler(mode)(cues, { ...schedule, maxMergedRows: rows });
  return listDelays(cues, captions, schedule).every(({ lateMs }) => lateMs <= maxDelayMs);
}

function findRemedies(cues: readonly Cue[], options: DenseOptions, isAtBeginning: boolean): readonly DenseRemedy[] {
  const { mode, schedule } = options;
  const rows = schedule.maxMergedRows;
  const hasMoreRows = rows < maxCaptionRows && !mode.startsWith("roll-up");
  const later = { ...options, schedule: { ...schedule, startFrame: msToFrame(3_600_000, schedule.rate) } };
  return [
    ...(isAtBeginning && isCured(cues, mode, later, rows) ? (["begin-at-hour-one"] as const) : []),
    ...(hasMoreRows && isCured(cues, mode, options, maxCaptionRows) ? (["four-rows"] as const) : []),
    ...(mode === "pop-on" && isCured(cues, "paint-on", options, rows) ? (["paint-on"] as const) : []),
    ...(!mode.startsWith("roll-up") && isCured(cues, "roll-up-3", options, rows) ? (["roll-up"] as const) : []),
    "shorten",
  ];
}

/** Cues before and after a stretch that have to be in time as well, for something to be a remedy. */
const surroundingCues = 50;

/** Columns of a full row, and the frames that it takes in every mode: its address, and two characters a frame. */
const fullRow = { columns: columnCount, frames: 2 + columnCount / 2 } as const;

/** Full rows one after the other, with nothing between them, against the time that there is for them. */
function hasTooMuchText(cues: readonly Cue[], { schedule }: DenseOptions): boolean {
  const first = cues[0]?.startMs ?? 0;
  const last = cues.reduce((latest, { endMs }) => Math.max(latest, endMs), first);
  const columns = cues.reduce((sum, cue) => sum + countColumns(cueText(cue)), 0);
  return (columns / fullRow.columns) * fullRow.frames > msToFrame(last - first, schedule.rate);
}

/** Runs of screens without a pause in which one is on time. */
function findCrowds(captions: readonly ScheduledCaption[]): readonly (readonly ScheduledCaption[])[] {
  const crowds: ScheduledCaption[][] = [];
  let isOpen = false;
  for (const caption of captions) {
    const isLate = caption.lateFrames > 0;
    if (isLate && isOpen) crowds.at(-1)?.push(caption);
    else if (isLate) crowds.push([caption]);
    isOpen = isLate;
  }
  return crowds;
}

/** Finds the stretches in which captions are later than allowed. */
export function findDenseStretches(
  cues: readonly Cue[],
  { captions }: Schedule,
  options: DenseOptions,
): readonly DenseStretch[] {
  return findCrowds(captions).flatMap((screens) => {
    const late = listDelays(cues, screens, options.schedule).filter(({ lateMs }) => lateMs > options.maxDelayMs);
    const first = cues[late[0]?.index ?? -1];
    if (first === undefined) return [];
    const begin = screens[0]?.indexes[0] ?? 0;
    const end = (screens.at(-1)?.indexes.at(-1) ?? 0) + 1;
    const crowd = cues.slice(begin, end);
    const isAtBeginning = options.schedule.startFrame === 0 && begin === 0;
    const surroundings = cues.slice(Math.max(0, begin - surroundingCues), end + surroundingCues);
    const remedies = findRemedies(surroundings, options, isAtBeginning);
    const cause = remedies[0] === "begin-at-hour-one" ? "beginning" : hasTooMuchText(crowd, options) ? "text" : "pace";
    const stretch = {
      atMs: first.startMs,
      untilMs: cues[late.at(-1)?.index ?? 0]?.endMs ?? first.endMs,
      lateMs: late.reduce((worst, { lateMs }) => Math.max(worst, lateMs), 0),
      captions: late.length,
      cause,
      remedies,
    } as const;
    return [stretch];
  });
}
