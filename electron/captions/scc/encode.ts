/** Encodes cues as an SCC file and reports what had to be changed. */
import { type Channel, columnCount, maxCaptionRows, rowCount, toChannel } from "../cea608/codes.ts";
import { keepAlive } from "../cea608/keep-alive.ts";
import { loadRow } from "../cea608/load.ts";
import { haveOwnRows, layOutRows } from "../cea608/row-layout.ts";
import { defaultScheduleOptions, type Repair } from "../cea608/schedule/types.ts";
import { transliterate } from "../cea608/transliterate.ts";
import { type Cue, type CueRow, cueText, toCueRows } from "../cue.ts";
import { type CueProfile, defaultProfile } from "../quality/caption-profile.ts";
import { fits, refit } from "../segmentation/refit.ts";
import { labelEachCue, labelSpeakers } from "../segmentation/speaker-labels.ts";
import { frameToMs } from "../time/frame-rate.ts";
import { dropFrameStyle, type TimecodeStyle } from "../time/timecode.ts";
import { decodeScc } from "./decode.ts";
import { type DenseStretch, findDenseStretches } from "./dense-stretch.ts";
import { formatScc, parseScc } from "./file.ts";
import type { SccMode } from "./mode.ts";
import { getScheduler } from "./scheduler.ts";

/** A change that the encoder had to make and that a person may want to know of. */
export type EncoderNote =
  | {
      readonly kind: "repaired";
      readonly atMs: number;
      readonly repairs: readonly Repair[];
      readonly text: string;
      /** Indexes of the cues that are shown at once, in the list that was given. */
      readonly cues: readonly number[];
    }
  | { readonly kind: "late"; readonly atMs: number; readonly lateMs: number; readonly text: string }
  | ({ readonly kind: "too-dense" } & DenseStretch)
  | { readonly kind: "re-cut"; readonly atMs: number; readonly text: string }
  /** A style that begins inside a word, or that has no column for its code. */
  | { readonly kind: "lost-style"; readonly atMs: number; readonly text: string }
  | { readonly kind: "lost-character"; readonly atMs: number; readonly character: string; readonly text: string };

export interface EncodedScc {
  readonly text: string;
  readonly captionCount: number;
  readonly notes: readonly EncoderNote[];
  /** The greatest delay of a caption, in milliseconds. */
  readonly worstDelayMs: number;
}

export interface EncodeOptions {
  readonly profile: CueProfile;
  readonly timecode: TimecodeStyle;
  /** The frame of the file's timecode at the start of the program: 0, or the frame of 01:00:00. */
  readonly startFrame: number;
  readonly mode: SccMode;
  readonly channel: Channel;
}

export const defaultEncodeOptions: EncodeOptions = {
  profile: defaultProfile,
  timecode: dropFrameStyle,
  startFrame: 0,
  mode: "pop-on",
  channel: 1,
};

/** A delay that viewers do not notice: the rounding to the nearest frame and one frame more (Netflix allows two). */
const unnoticedFrames = 1;

/** A cue that fits the screen, and its index, or that of the cue that it is a part of, in the list that was given. */
interface FittingCue {
  readonly cue: Cue;
  readonly index: number;
}

/** True for a caption of a file that gives each line its row: more of them, or longer ones, than usual may stay. */
function fitsItsPlaces(cue: Cue): boolean {
  return haveOwnRows(toCueRows(cue)) && fits(cue, rowCount, columnCount);
}

/** Cues by in-time, each fitting the screen; a note is added for every cue that had to be cut again. */
function fitting(cues: readonly Cue[], profile: CueProfile, notes: EncoderNote[]): readonly FittingCue[] {
  // Sorted before anything is cut: the parts of a caption stay together, and the order is kept from here on.
  const ordered = cues.map((cue, index) => ({ cue, index })).sort((a, b) => a.cue.startMs - b.cue.startMs);
  // Where the next one begins before one ends, its parts are shown before that: after it they would make it late.
  const apart = ordered.map(({ cue }, position) => {
    const untilMs = Math.min(cue.endMs, ordered[position + 1]?.cue.startMs ?? cue.endMs);
    return { ...cue, endMs: Math.max(cue.startMs + 1, untilMs) };
  });
  return labelEachCue(apart, profile).flatMap((labeled, position) => {
    const [first] = labeled;
    const { cue: source, index } = ordered[position] as FittingCue;
    if (first === undefined || toCueRows(first).length === 0) return [];
    const cue = { ...first, endMs: source.endMs };
    const isWhole = labeled.length === 1;
    if (isWhole && (fits(cue, maxCaptionRows, profile.maxLineLength) || fitsItsPlaces(cue))) return [{ cue, index }];
    notes.push({ kind: "re-cut", atMs: cue.startMs, text: labeled.map(cueText).join(" ") });
    const parts = isWhole ? refit(first, profile) : labeled;
    return parts.map((part) => ({ cue: part, index }));
  });
}

/** True when a part of a cue's style cannot be shown where the cue stands. */
function losesStyle(cue: Cue, { profile, mode }: EncodeOptions): boolean {
  if (cue.styles === undefined) return false;
  const rows = toCueRows(cue);
  const align = mode.startsWith("roll-up") ? "left" : (cue.align ?? profile.align);
  return layOutRows(rows, { edge: cue.edge ?? "bottom", align }).some(
    (place, index) => loadRow(rows[index] as CueRow, { ...place, tabOffsets: true, separator: 0 }).leavesStyleOut,
  );
}

/** Encodes cues as an SCC file. No text is ever left out. */
export function encodeScc(cues: readonly Cue[], options: Partial<EncodeOptions> = {}): EncodedScc {
  const settings = { ...defaultEncodeOptions, ...options };
  const { profile, timecode, startFrame, mode, channel } = settings;
  const notes: EncoderNote[] = [];
  const fitted = fitting(cues, profile, notes);
  const shown = fitted.map(({ cue }) => cue);
  const scheduleOptions = {
    ...defaultScheduleOptions,
    rate: timecode.rate,
    startFrame,
    align: profile.align,
    maxMergedRows: profile.maxMergedLines,
    maxColumns: profile.maxLineLength,
  };
  const schedule = getScheduler(mode)(shown, scheduleOptions);
  for (const cue of shown) {
    if (losesStyle(cue, settings)) notes.push({ kind: "lost-style", atMs: cue.startMs, text: cueText(cue) });
  }
  let worst = 0;
  for (const { indexes, lateFrames, repairs, lost } of schedule.captions) {
    const cue = shown[indexes[0] ?? 0] as Cue;
    const text = indexes.map((index) => cueText(shown[index] as Cue)).join(" ");
    const lateMs = frameToMs(lateFrames, timecode.rate);
    worst = Math.max(worst, lateMs);
    if (repairs.length > 0) {
      const sources = new Set(indexes.map((index) => fitted[index]?.index ?? index));
      notes.push({ kind: "repaired", atMs: cue.startMs, repairs, text, cues: [...sources] });
    }
    if (lateFrames > unnoticedFrames) notes.push({ kind: "late", atMs: cue.startMs, lateMs, text });
    for (const { character } of lost) notes.push({ kind: "lost-character", atMs: cue.startMs, character, text });
  }
  const stretches = findDenseStretches(shown, schedule, {
    mode,
    maxDelayMs: profile.maxDelayMs,
    schedule: scheduleOptions,
  });
  for (const stretch of stretches) notes.push({ kind: "too-dense", ...stretch });
  const transmissions = keepAlive(schedule.transmissions, timecode.rate).map(({ frame, words }) => ({
    frame,
    words: words.map((word) => toChannel(word, channel)),
  }));
  return {
    text: formatScc(transmissions, timecode),
    captionCount: schedule.captions.length,
    notes: notes.toSorted((a, b) => a.atMs - b.atMs),
    worstDelayMs: worst,
  };
}

/**
 * Decodes an SCC text and compares it with the cues that it was made from.
 * @returns a description of the first difference; undefined when a viewer sees the cues' text, in order.
 */
export function compareWithCues(
  scc: string,
  cues: readonly Cue[],
  options: Partial<EncodeOptions> = {},
): string | undefined {
  const { timecode, channel, mode, profile } = { ...defaultEncodeOptions, ...options };
  const file = parseScc(scc);
  const defect = file.defects[0];
  if (defect !== undefined) return `line ${defect.number} is not SCC: ${defect.text}`;
  const seen = decodeScc(file, { rate: timecode.rate, channel }).map(({ rows, newRow }) =>
    (mode.startsWith("roll-up") ? rows.filter(({ row }) => row === newRow) : rows).map(({ text }) => text).join(" "),
  );
  // Compared without spaces: a word longer than a line is cut, and a line break takes the place of a space.
  const squeezed = (texts: readonly string[]): string => texts.join("").replace(/\s+/g, "");
  const inOrder = cues.toSorted((a, b) => a.startMs - b.startMs);
  const expected = squeezed(labelSpeakers(inOrder, profile).map((cue) => transliterate(cueText(cue)).text));
  const actual = squeezed(seen);
  if (expected === actual) return undefined;
  let at = 0;
  while (at < expected.length && expected[at] === actual[at]) at++;
  const around = (text: string): string => text.slice(Math.max(0, at - 10), at + 20) || "(nothing)";
  return `where it should read "${around(expected)}" it reads "${around(actual)}"`;
}
