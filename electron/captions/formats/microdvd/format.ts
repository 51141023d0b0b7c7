/** MicroDVD: `{first frame}{last frame}text|second line`, with codes in braces for style and place. */
import type { StyleFields } from "../../character-style.ts";
import { createIssue } from "../../quality/issue.ts";
import { rowsOfText } from "../../text/rows.ts";
import { type FrameRate, frameRates } from "../../time/frame-rate.ts";
import type { CaptionReader, ReadContent, ReadOptions } from "../caption-format.ts";
import { CueCollector } from "../cue-collector.ts";
import { getReversedColor } from "../markup/colors.ts";
import { decodeEntities } from "../markup/entities.ts";
import type { Placement } from "../markup/place.ts";
import { StyledLines } from "../markup/styled-line.ts";

const cuePattern = /^\s{0,20}\{(\d{1,9})\}\{(\d{0,9})\}(.*)$/su;

/** What the files of films are made for, where nothing says otherwise. */
const defaultRate = frameRates["23.976"];

/** A file may state its rate as the text of a first caption at frame 1: `{1}{1}23.976`. */
function findRate(rows: readonly string[]): number | undefined {
  const first = rows.find((row) => row.trim() !== "") ?? "";
  const [, start, end, text = ""] = cuePattern.exec(first.slice(0, 200)) ?? [];
  const isHeader = (start === "0" || start === "1") && (end === "0" || end === "1");
  const rate = Number(text.trim().replace(",", "."));
  return isHeader && /^\s*\d{2,3}(?:[.,]\d{1,6})?\s*$/.test(text) && rate >= 10 && rate <= 240 ? rate : undefined;
}

/** Frames a second, exact for the rates that are decimals of a fraction. */
function toExactRate(rate: number): number {
  const known: readonly FrameRate[] = [
    ...Object.values(frameRates),
    { numerator: 60_000, denominator: 1001, nominal: 60 },
  ];
  const exact = known.find(({ numerator, denominator }) => Math.abs(numerator / denominator - rate) < 0.011);
  return exact === undefined ? rate : exact.numerator / exact.denominator;
}

interface CueStyle {
  /** Of the whole caption, and of the line at hand. */
  cue: StyleFields;
  line: StyleFields;
  placement: Placement;
}

/** Applies a code. A capital letter holds for the whole caption, a small one for its line. @returns false if unknown */
function applyCode(name: string, value: string, state: CueStyle): boolean {
  const isWhole = name === name.toUpperCase();
  const set = (style: StyleFields): void => {
    if (isWhole) state.cue = { ...state.cue, ...style };
    state.line = { ...state.line, ...style };
  };
  if (/^y$/i.test(name)) {
    const codes = value.toLowerCase();
    set({ ...(codes.includes("i") ? { italic: true } : {}), ...(codes.includes("u") ? { underline: true } : {}) });
    return /^[iu,\s]*$/.test(codes);
  }
  const [, color] = /^\$([0-9a-f]{6})$/i.exec(value.trim()) ?? [];
  if (/^c$/i.test(name) && color !== undefined) {
    set({ color: getReversedColor(Number.parseInt(color, 16)).color });
    return true;
  }
  if (name === "P") {
    // 0 is the top, 1 the bottom.
    state.placement = value.trim() === "0" ? { edge: "top" } : {};
    return true;
  }
  return false;
}

function parseText(text: string, collector: CueCollector): ReturnType<StyledLines["toLines"]> & Placement {
  const lines = new StyledLines();
  const state: CueStyle = { cue: {}, line: {}, placement: {} };
  text.split("|").forEach((row, index) => {
    if (index > 0) lines.newLine();
    state.line = { ...state.cue };
    // A slash before a line is another program's sign for italics.
    const isSlash = /^(?:\{[^{}]*\}|\s)*\//.test(row);
    const slashed = isSlash ? row.replace("/", "") : row;
    for (const piece of slashed.split(codePattern)) {
      const [, name, value = ""] = /^\{([a-zA-Z]{1,3}):([^{}]*)\}$/.exec(piece) ?? [];
      if (name === undefined)
        lines.append(decodeEntities(piece), isSlash ? { ...state.line, italic: true } : state.line);
      else if (!applyCode(name, value, state)) collector.leaveOut("a font, size or position");
    }
  });
  return { ...state.placement, ...lines.toLines() };
}

/** A code: what it changes, and how. */
const codePattern = /(\{[a-zA-Z]{1,3}:[^{}]{0,100}\})/;

const assumedRate = createIssue(
  "frame-rate",
  "the file does not say its frame rate; 23.976 frames a second is assumed",
);

function read(text: string, options: ReadOptions): ReadContent {
  const { rate: given } = options;
  const collector = new CueCollector();
  const rows = rowsOfText(text);
  const stated = findRate(rows);
  const rate = given ?? defaultRate;
  const framesPerSecond = stated === undefined ? rate.numerator / rate.denominator : toExactRate(stated);
  const toMs = (frame: string): number => Math.round((Number(frame) * 1000) / framesPerSecond);
  if (stated === undefined && given === undefined) collector.report(assumedRate);
  let isHeaderRead = stated === undefined;
  rows.forEach((row, index) => {
    if (row.trim() === "" || /^\{DEFAULT\}/i.test(row)) return;
    if (!isHeaderRead) {
      isHeaderRead = true;
      return;
    }
    const [, start, end, content = ""] = cuePattern.exec(row) ?? [];
    if (start === undefined) {
      collector.skip(`this row has no frames: ${row.trim().slice(0, 80)}`, index + 1);
      return;
    }
    const endMs = end === "" || end === undefined ? undefined : toMs(end);
    collector.add({ startMs: toMs(start), endMs, ...parseText(content, collector), line: index + 1 });
  });
  return { ...collector.finish(options), words: [] };
}

export const microdvd: CaptionReader = {
  recognizes: (start) => /^(?:\{DEFAULT\}[^\r\n]{0,500}\s{1,20})?\{\d{1,9}\}\{\d{0,9}\}/i.test(start),
  read,
};
