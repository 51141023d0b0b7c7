/** `archivist captions show FILE --at TC`: what stands on the caption screen at a moment. */
import { type Channel, columnCount, rowCount } from "../../captions/cea608/codes.ts";
import type { ScreenRow } from "../../captions/cea608/decoder/memory.ts";
import { parseClockTime } from "../../captions/formats/clock-time.ts";
import { findProgramStart, screenAt } from "../../captions/scc/decode.ts";
import { encodeScc } from "../../captions/scc/encode.ts";
import { looksLikeScc, parseScc } from "../../captions/scc/file.ts";
import { msToFrame } from "../../captions/time/frame-rate.ts";
import { readCaptionFile } from "../../editing/caption-file.ts";
import { decodeText } from "../../platform/text-encoding/decode-text.ts";
import { printable, printJson, printResult } from "../terminal/print.ts";
import { userPath } from "../terminal/user-paths.ts";
import { readFileBytes } from "./caption-file.ts";
import { parseFrame, type TimecodeOptions, timecodeStyle } from "./options.ts";

export interface ShowOptions extends TimecodeOptions {
  readonly at: string;
  readonly channel?: Channel;
  readonly json?: boolean;
}

/** The screen as text, with a frame around it. */
export function drawScreen(rows: readonly ScreenRow[]): string {
  const edge = `   +${"-".repeat(columnCount)}+`;
  const lines = Array.from({ length: rowCount }, (_, index) => {
    const row = rows.find((one) => one.row === index + 1);
    const text = row === undefined ? "" : " ".repeat(row.column) + row.text;
    return `${String(index + 1).padStart(2)} |${printable(text).padEnd(columnCount)}|`;
  });
  return [edge, ...lines, edge].join("\n");
}

/** Runs the command. A timecode is one of the file's own labels; a clock time counts from the program's start. */
export async function showCommand(file: string, options: ShowOptions): Promise<number> {
  const path = userPath(file);
  const bytes = await readFileBytes(path);
  const { text } = decodeText(bytes);
  const style = timecodeStyle(options, bytes);
  const isScc = looksLikeScc(text);
  // Other formats are shown as they would be broadcast.
  const scc = parseScc(isScc ? text : encodeScc((await readCaptionFile(path, bytes)).cues, { timecode: style }).text);
  const startFrame = isScc ? findProgramStart(scc, style.rate) : 0;
  const ms = /[.,]\d{1,3}$/.test(options.at) ? parseClockTime(options.at) : undefined;
  const frame = ms === undefined ? parseFrame("--at", options.at, style) : startFrame + msToFrame(ms, style.rate);
  const rows = screenAt(scc, frame, {
    rate: style.rate,
    ...(options.channel === undefined ? {} : { channel: options.channel }),
  });
  if (options.json) printJson({ file: path, frame, rows });
  else printResult(drawScreen(rows));
  return 0;
}
