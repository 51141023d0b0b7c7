/**
 * Spruce STL, the text subtitles of DVD Studio Pro: `00:00:01:00 , 00:00:04:00 , text|second line` below settings that
 * begin with `$` and comments that begin with `//`. `^I`, `^B` and `^U` switch a style on and off.
 */
import { rowsOfText } from "../../text/rows.ts";
import type { FrameRate } from "../../time/frame-rate.ts";
import type { CaptionReader, ReadContent, ReadOptions } from "../caption-format.ts";
import { CueCollector } from "../cue-collector.ts";
import { type Placement, toPlacement } from "../markup/place.ts";
import { StyledLines } from "../markup/styled-line.ts";

const timePattern = String.raw`(\d{1,2}):(\d{1,2}):(\d{1,2})[:;.,](\d{1,2})`;
const cuePattern = new RegExp(String.raw`^\s{0,20}${timePattern}\s{0,20},\s{0,20}${timePattern}\s{0,20},(.*)$`, "su");

const anyCuePattern = new RegExp(cuePattern.source, "mu");

/** A frame number of 25 or more exists at 30 frames a second alone; so many labels without one are of 25. */
const manyLabels = 100;

interface SpruceCue {
  readonly line: number;
  /** Hours, minutes, seconds and frames of both labels. */
  readonly start: readonly number[];
  readonly end: readonly number[];
  readonly text: string;
  readonly state: SpruceState;
}

interface SpruceState {
  readonly horizontal: "left" | "center" | "right";
  readonly vertical: "top" | "middle" | "bottom";
  readonly italic: boolean;
  readonly underline: boolean;
}

const initial: SpruceState = { horizontal: "center", vertical: "bottom", italic: false, underline: false };

/** Settings that captions have nothing for, and that change how they look. */
const lostSettings = /^(?:fontname|fontsize|bold|xoffset|yoffset|fadein|fadeout)$/;

function applySetting(name: string, value: string, state: SpruceState): SpruceState {
  const text = value.trim().toLowerCase();
  const isOn = text === "true" || text === "on";
  switch (name) {
    case "horzalign":
      return text === "left" || text === "center" || text === "right" ? { ...state, horizontal: text } : state;
    case "vertalign":
      if (text === "center" || text === "middle") return { ...state, vertical: "middle" };
      return text === "top" || text === "bottom" ? { ...state, vertical: text } : state;
    case "italic":
      return { ...state, italic: isOn };
    case "underlined":
      return { ...state, underline: isOn };
    default:
      return state;
  }
}

/** Frames a second that the labels count, by the frame numbers that there are. */
function findNominalRate(cues: readonly SpruceCue[], rate: FrameRate | undefined): number {
  if (rate !== undefined) return rate.nominal;
  const frames = cues.flatMap(({ start, end }) => [start[3] ?? 0, end[3] ?? 0]);
  return frames.length < manyLabels || frames.some((frame) => frame >= 25) ? 30 : 25;
}

function parseText(text: string, state: SpruceState, collector: CueCollector): ReturnType<StyledLines["toLines"]> {
  const lines = new StyledLines();
  let { italic, underline } = state;
  text.split("|").forEach((row, index) => {
    if (index > 0) lines.newLine();
    for (const piece of row.split(/(\^[IiBbUu])/)) {
      const code = piece.toLowerCase();
      if (code === "^i") italic = !italic;
      else if (code === "^u") underline = !underline;
      else if (code === "^b") collector.leaveOut("bold text");
      else lines.append(piece, { italic, underline });
    }
  });
  return lines.toLines();
}

function read(text: string, options: ReadOptions): ReadContent {
  const collector = new CueCollector();
  const cues: SpruceCue[] = [];
  let state = initial;
  rowsOfText(text).forEach((row, index) => {
    const trimmed = row.trim();
    if (trimmed === "" || trimmed.startsWith("//")) return;
    const [, name, value] = /^\$(\w{1,40})\s{0,20}=(.*)$/su.exec(trimmed) ?? [];
    if (name !== undefined && value !== undefined) {
      if (lostSettings.test(name.toLowerCase()) && cues.length > 0) collector.leaveOut("a font, size or fade");
      state = applySetting(name.toLowerCase(), value, state);
      return;
    }
    const match = cuePattern.exec(row);
    if (match === null) {
      collector.skip(`this row has no times: ${trimmed.slice(0, 80)}`, index + 1);
      return;
    }
    const numbers = match.slice(1, 9).map(Number);
    cues.push({ line: index + 1, start: numbers.slice(0, 4), end: numbers.slice(4), text: match[9] ?? "", state });
  });
  const nominal = findNominalRate(cues, options.rate);
  // DVDs count clock time and frames: a label is never drop-frame.
  const toMs = ([hours = 0, minutes = 0, seconds = 0, frames = 0]: readonly number[]): number =>
    ((hours * 60 + minutes) * 60 + seconds) * 1000 + Math.round((frames * 1000) / nominal);
  for (const { start, end, text: content, state: style, line } of cues) {
    const placement: Placement = toPlacement(style.vertical, style.horizontal);
    collector.add({
      startMs: toMs(start),
      endMs: toMs(end),
      ...placement,
      ...parseText(content, style, collector),
      line,
    });
  }
  return { ...collector.finish(options), words: [] };
}

export const spruce: CaptionReader = {
  recognizes: (_, text) => anyCuePattern.test(text),
  read,
};
