/** Cues to an SCC file, with a report of what had to be done to them. */
import { maxCaptionRows } from "../cea608/codes.ts";
import { schedulePopOn } from "../cea608/schedule.ts";
import { transliterate } from "../cea608/transliterate.ts";
import type { Cue } from "../cue.ts";
import { type CueProfile, defaultProfile } from "../segmentation/profile.ts";
import { fits, refit } from "../segmentation/refit.ts";
import { type FrameRate, frameToMs, ntsc } from "../time/frame-rate.ts";
import { decodeScc } from "./decode.ts";
import { formatScc, parseScc } from "./file.ts";

/** Something that the encoder had to do, and that a person may want to know. */
export type EncoderNote =
  | { readonly kind: "late"; readonly atMs: number; readonly lateMs: number; readonly text: string }
  | { readonly kind: "re-cut"; readonly atMs: number; readonly text: string }
  | { readonly kind: "lost-character"; readonly atMs: number; readonly character: string; readonly text: string };

export interface EncodedScc {
  readonly text: string;
  readonly captionCount: number;
  readonly notes: readonly EncoderNote[];
  /** The greatest delay of a caption, in milliseconds. */
  readonly worstDelayMs: number;
}

/** A delay that nobody sees: the rounding to the nearest frame and one frame more (Netflix allows two). */
const unnoticedFrames = 1;

/** Encodes cues as pop-on captions on CC1, 29.97 drop-frame. No text is ever left out. */
export function encodeScc(cues: readonly Cue[], profile: CueProfile = defaultProfile): EncodedScc {
  const notes: EncoderNote[] = [];
  // By in-time before anything is cut: the pieces of a caption stay together, and their order is kept from here on.
  const ordered = cues.toSorted((a, b) => a.startMs - b.startMs);
  const fitting = ordered.flatMap((cue) => {
    const lines = cue.lines.filter((line) => line.trim() !== "");
    if (lines.length === 0) return [];
    const clean = { ...cue, lines };
    if (fits(clean, maxCaptionRows, profile.maxLineLength)) return [clean];
    notes.push({ kind: "re-cut", atMs: cue.startMs, text: lines.join(" ") });
    return refit(clean, profile);
  });
  const schedule = schedulePopOn(fitting);
  let worst = 0;
  for (const caption of schedule.captions) {
    const cue = fitting[caption.index] as Cue;
    const text = cue.lines.join(" ");
    if (caption.lateFrames > unnoticedFrames) {
      notes.push({ kind: "late", atMs: cue.startMs, lateMs: frameToMs(caption.lateFrames), text });
    }
    worst = Math.max(worst, frameToMs(caption.lateFrames));
    for (const { character } of caption.lost) {
      notes.push({ kind: "lost-character", atMs: cue.startMs, character, text });
    }
  }
  return {
    text: formatScc(schedule.transmissions),
    captionCount: schedule.captions.length,
    notes,
    worstDelayMs: worst,
  };
}

/**
 * Decodes an SCC text and compares it with the cues that it was made from.
 * @returns what differs, in words; undefined when a viewer sees the cues' text, in order.
 */
export function compareWithCues(scc: string, cues: readonly Cue[], rate: FrameRate = ntsc): string | undefined {
  const file = parseScc(scc);
  const defect = file.defects[0];
  if (defect !== undefined) return `line ${defect.number} is not SCC: ${defect.text}`;
  const seen = decodeScc(file, rate).map(({ rows }) => rows.map(({ text }) => text).join(" "));
  // Without spaces: a word that is longer than a line is cut, and a line break takes the place of a space.
  const squeezed = (texts: readonly string[]): string => texts.join("").replace(/\s+/g, "");
  const inOrder = cues.toSorted((a, b) => a.startMs - b.startMs);
  const expected = squeezed(inOrder.map((cue) => transliterate(cue.lines.join(" ")).text));
  const actual = squeezed(seen);
  if (expected === actual) return undefined;
  let at = 0;
  while (at < expected.length && expected[at] === actual[at]) at++;
  const around = (text: string): string => text.slice(Math.max(0, at - 10), at + 20) || "(nothing)";
  return `where it should read "${around(expected)}" it reads "${around(actual)}"`;
}
