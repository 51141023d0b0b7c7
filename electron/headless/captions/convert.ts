/** `archivist captions convert IN OUT` */

import { lstat, stat } from "node:fs/promises";
import { extname, resolve } from "node:path";
import type { Channel } from "../../captions/cea608/codes.ts";
import { type Cue, toCueRows } from "../../captions/cue.ts";
import { formatClockTime } from "../../captions/formats/clock-time.ts";
import { captionFormats, findWrittenFormat, type WrittenFormatName } from "../../captions/formats/format-names.ts";
import { type CaptionFileContent, findUnreadText } from "../../captions/formats/read.ts";
import type { SccForm } from "../../captions/formats/scc-read.ts";
import { writeCaptionFile } from "../../captions/formats/write.ts";
import { listWriteLosses } from "../../captions/formats/write-losses.ts";
import { encoderIssue, repairWords } from "../../captions/quality/encoder-issues.ts";
import type { Issue } from "../../captions/quality/issue.ts";
import {
  compareWithCues,
  type EncodedScc,
  type EncodeOptions,
  type EncoderNote,
  encodeScc,
} from "../../captions/scc/encode.ts";
import type { SccMode } from "../../captions/scc/mode.ts";
import { hourMs } from "../../captions/time/durations.ts";
import { frameToMs } from "../../captions/time/frame-rate.ts";
import { type TimecodeStyle, timecodeHours } from "../../captions/time/timecode.ts";
import { readStationConfig } from "../../config/station-config.ts";
import { ArchivistError } from "../../contract/errors.ts";
import { parseCaptionFile } from "../../editing/caption-file.ts";
import { writeFileAtomic } from "../../platform/atomic-write.ts";
import { cueProfile } from "../../transcription/options.ts";
import { counted, printable, printJson, printNotice, printResult } from "../terminal/print.ts";
import { userPath } from "../terminal/user-paths.ts";
import { issueLine, readFileBytes } from "./caption-file.ts";
import { parseFrame, parseOffset, type TimecodeOptions, timecodeStyle } from "./options.ts";

export interface ConvertOptions extends TimecodeOptions {
  readonly offset?: string;
  readonly mode?: SccMode;
  readonly channel?: Channel;
  readonly force?: boolean;
  readonly json?: boolean;
}

function getFormat(path: string): WrittenFormatName {
  const format = findWrittenFormat(extname(path).toLowerCase());
  if (format === undefined) throw new ArchivistError("captions.unknown-format", { subject: path });
  return format;
}

/** Two names of one file: letter case, links and `..` included. */
async function isSameFile(a: string, b: string): Promise<boolean> {
  if (resolve(a) === resolve(b)) return true;
  const [first, second] = await Promise.all([a, b].map((path) => stat(path, { bigint: true }).catch(() => undefined)));
  return first !== undefined && second !== undefined && first.dev === second.dev && first.ino === second.ino;
}

/** @throws ArchivistError `usage.invalid`, `file.exists` when the target must not be written. */
async function checkTarget(source: string, target: string, force: boolean): Promise<void> {
  if (await isSameFile(source, target)) {
    throw new ArchivistError("usage.invalid", {
      subject: source,
      cause: "the file would be written over itself",
      remedy: "Name another file to write to.",
    });
  }
  const there = await lstat(target).catch(() => undefined);
  if (there !== undefined && !force) throw new ArchivistError("file.exists", { subject: target });
}

/** Cues moved in time. What ends before the programme begins is gone, and counted. */
function moved(cues: readonly Cue[], offsetMs: number): { readonly cues: readonly Cue[]; readonly gone: number } {
  const all = cues.map((cue) => ({
    ...cue,
    startMs: Math.max(0, cue.startMs + offsetMs),
    endMs: cue.endMs + offsetMs,
  }));
  const kept = all.filter(({ startMs, endMs }) => endMs > startMs);
  return { cues: kept, gone: all.length - kept.length };
}

/** Encodes and reads back. @throws ArchivistError `captions.*` */
function encodeTo(cues: readonly Cue[], target: string, options: Partial<EncodeOptions>): EncodedScc {
  const { rate } = options.timecode as TimecodeStyle;
  const startMs = frameToMs(options.startFrame ?? 0, rate);
  if (cues.some(({ endMs }) => startMs + endMs >= timecodeHours * hourMs)) {
    throw new ArchivistError("captions.unreadable", {
      subject: target,
      cause: "a caption lies beyond 24 hours, where timecode ends",
      remedy: "Move the captions with --offset so that they begin near 00:00:00.",
    });
  }
  const encoded = encodeScc(cues, options);
  const difference = compareWithCues(encoded.text, cues, options);
  if (difference === undefined) return encoded;
  throw new ArchivistError("captions.not-verified", {
    subject: target,
    cause: `the captions would change (${difference})`,
  });
}

function noteLine(note: EncoderNote, timecode: TimecodeStyle): string | undefined {
  const issue = encoderIssue(note);
  if (issue !== undefined) return issueLine(issue, timecode);
  if (note.kind !== "lost-character") return undefined;
  const at = formatClockTime(note.atMs, ".");
  return printable(`${at}: CEA-608 has no code for "${note.character}", a question mark is shown`);
}

/** How many captions each kind of repair was done to. */
function repairSummary(notes: readonly EncoderNote[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const note of notes) {
    if (note.kind !== "repaired") continue;
    for (const repair of note.repairs) {
      const words = repairWords[repair];
      counts.set(words, (counts.get(words) ?? 0) + 1);
    }
  }
  return [...counts].map(([words, count]) => `${counted(count, "caption")} had to be fitted in: ${words}`);
}

interface Conversion {
  readonly target: string;
  readonly source: string;
  readonly read: CaptionFileContent;
  /** What the new format has no place for. */
  readonly losses: readonly Issue[];
  readonly cues: readonly Cue[];
  readonly gone: number;
  readonly notes: readonly EncoderNote[];
  readonly timecode: TimecodeStyle;
}

function report({ source, target, read, losses, cues, gone, notes, timecode }: Conversion, json: boolean): number {
  const unread = findUnreadText(read.issues).length;
  if (json) {
    const status = unread + gone === 0 ? "completed" : "incomplete";
    const issues = [...read.issues, ...losses];
    printJson({ status, file: target, captions: cues.length, unread, before_start: gone, issues, notes });
    return unread + gone === 0 ? 0 : 1;
  }
  for (const issue of [...read.issues, ...losses]) printNotice(issueLine(issue, timecode));
  for (const note of notes) {
    const line = noteLine(note, timecode);
    if (line !== undefined) printNotice(line);
  }
  for (const line of repairSummary(notes)) printNotice(line);
  printResult(`${printable(target)}: ${counted(cues.length, "caption")}`);
  if (gone > 0) printNotice(`${counted(gone, "caption")} would end before the programme begins, and left out.`);
  if (unread > 0) {
    printNotice(
      `${printable(source)}: ${counted(unread, "part")} of it could not be read and is missing from the new file. ` +
        "Correct the lines that are named above, then convert it again with --force.",
    );
  }
  return unread + gone === 0 ? 0 : 1;
}

/** What the new SCC file is like: as the options say, else like the SCC file that it is made from. */
function toEncodeOptions(options: ConvertOptions, form: SccForm | undefined, source: TimecodeStyle): EncodeOptions {
  const timecode = options.nonDropFrame === true ? { ...source, dropFrame: false } : source;
  const hourOne = (form?.startFrame ?? 0) > 0 ? "01:00:00:00" : "00:00:00:00";
  return {
    profile: cueProfile(readStationConfig({}).settings.captions),
    timecode,
    startFrame: parseFrame("--start", options.start ?? hourOne, timecode),
    mode: options.mode ?? form?.mode ?? "pop-on",
    channel: options.channel ?? form?.channel ?? 1,
  };
}

/** Captions that say who speaks, to a format that has no place for it. */
function speakerNotice(cues: readonly Cue[], format: WrittenFormatName): string | undefined {
  if (captionFormats[format].keepsSpeakers) return undefined;
  const count = cues.filter(({ speaker, lines }) => speaker !== undefined && !/^\s*(>>|-)/.test(lines[0] ?? "")).length;
  if (count === 0) return undefined;
  return `${counted(count, "caption")} of the old file with a speaker, which ${captionFormats[format].title} has no place for: left out`;
}

/**
 * What the new file does not have. Of line 21 the encoder says so itself, and a transcript is for its words alone.
 * @param written what is in the new file
 */
function findLosses(
  target: string,
  format: WrittenFormatName,
  cues: readonly Cue[],
  written: string | Uint8Array,
): readonly Issue[] {
  if (format === "scc" || format === "mcc" || format === "txt" || !cues.some((cue) => toCueRows(cue).length > 0))
    return [];
  return listWriteLosses(cues, parseCaptionFile(target, Buffer.from(written)).cues);
}

/** Runs the command; gives the exit code, which is 1 when a part of the file could not be converted. */
export async function convertCommand(from: string, to: string, options: ConvertOptions): Promise<number> {
  const source = userPath(from);
  const target = userPath(to);
  const format = getFormat(target);
  await checkTarget(source, target, options.force === true);
  const bytes = await readFileBytes(source);
  const { nonDropFrame: _forWriting, ...reading } = options;
  const sourceStyle = timecodeStyle(reading, bytes);
  const offsetMs = options.offset === undefined ? 0 : parseOffset(options.offset, sourceStyle);
  const isLine21 = format === "scc" || format === "mcc";
  // From line 21 to line 21, start and channel are those of the new file; what the old one has is found out.
  const forReading = isLine21 ? {} : options;
  const startFrame = forReading.start === undefined ? undefined : parseFrame("--start", forReading.start, sourceStyle);
  const read = parseCaptionFile(source, bytes, {
    ...(options.frameRate === undefined ? {} : { rate: sourceStyle.rate }),
    ...(startFrame === undefined ? {} : { startFrame }),
    ...(forReading.channel === undefined ? {} : { channel: forReading.channel }),
  });
  const { cues, gone } = moved(read.cues, offsetMs);
  if (cues.length === 0) {
    throw new ArchivistError("captions.unreadable", { subject: source, cause: "there are no captions in this file" });
  }
  const encodeOptions = toEncodeOptions(options, read.scc, sourceStyle);
  const scc = isLine21 ? encodeTo(cues, target, encodeOptions) : undefined;
  const words = offsetMs === 0 ? read.words : [];
  const { language } = read;
  const content = { cues, words, ...(language === undefined ? {} : { language }) };
  const writeOptions = {
    ...(options.frameRate === undefined ? {} : { rate: sourceStyle.rate }),
    date: new Date(),
    line21: encodeOptions,
  };
  const isEncoded = scc !== undefined && format === "scc";
  const written = isEncoded ? scc.text : writeCaptionFile(format, content, encodeOptions.profile, writeOptions);
  await writeFileAtomic(target, written);
  const losses = findLosses(target, format, cues, written);
  const notes = scc?.notes ?? [];
  const notice = speakerNotice(cues, format);
  if (notice !== undefined) printNotice(notice);
  return report({ source, target, read, losses, cues, gone, notes, timecode: sourceStyle }, options.json === true);
}
