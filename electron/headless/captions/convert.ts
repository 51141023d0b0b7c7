/** `archivist captions convert IN OUT` */

import { lstat, stat } from "node:fs/promises";
import { extname, resolve } from "node:path";
import type { Channel } from "../../captions/cea608/codes.ts";
import type { Cue } from "../../captions/cue.ts";
import { formatClockTime } from "../../captions/formats/clock-time.ts";
import { findWrittenFormat, isLine21Format, type WrittenFormatName } from "../../captions/formats/format-names.ts";
import { type CaptionFileContent, findUnreadText } from "../../captions/formats/read.ts";
import type { SccForm } from "../../captions/formats/scc-read.ts";
import { writeCaptionFile } from "../../captions/formats/write.ts";
import type { SpeakerLabels } from "../../captions/quality/caption-profile.ts";
import { encoderIssue, repairWords } from "../../captions/quality/encoder-issues.ts";
import type { Issue } from "../../captions/quality/issue.ts";
import { seconds } from "../../captions/quality/rules/rule.ts";
import {
  compareWithCues,
  type EncodedScc,
  type EncodeOptions,
  type EncoderNote,
  encodeScc,
} from "../../captions/scc/encode.ts";
import type { SccMode } from "../../captions/scc/mode.ts";
import type { TimecodeStyle } from "../../captions/time/timecode.ts";
import { readStationConfig } from "../../config/station-config.ts";
import { ArchivistError } from "../../contract/errors.ts";
import { readCaptionFile } from "../../editing/caption-file.ts";
import { writeFileAtomic } from "../../platform/atomic-write.ts";
import { cueProfile } from "../../transcription/options.ts";
import { counted, printable, printJson, printNotice, printResult } from "../terminal/print.ts";
import { userPath } from "../terminal/user-paths.ts";
import { issueLine, readFileBytes } from "./caption-file.ts";
import { listLosses } from "./losses.ts";
import { parseFrame, parseOffset, type TimecodeOptions, timecodeStyle, toReadOptions } from "./options.ts";

export interface ConvertOptions extends TimecodeOptions {
  readonly offset?: string;
  readonly mode?: SccMode;
  readonly channel?: Channel;
  readonly speakers?: SpeakerLabels;
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

/** Cues moved in time. What ends before the program begins is gone, and counted. */
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

/** Captions that come later than the profile allows, in a sentence; undefined where there are none. */
function latenessNotice(notes: readonly EncoderNote[], maxDelayMs: number): string | undefined {
  const stretches = notes.filter((note) => note.kind === "too-dense");
  const worst = stretches.toSorted((a, b) => b.lateMs - a.lateMs)[0];
  if (worst === undefined) return undefined;
  const count = stretches.reduce((sum, { captions }) => sum + captions, 0);
  const late = `${counted(count, "caption")} ${count === 1 ? "comes" : "come"} more than ${seconds(maxDelayMs)} late`;
  const where = `at worst ${seconds(worst.lateMs)}, in the stretch that begins at ${formatClockTime(worst.atMs, ".")}`;
  return `${late}, ${where}. What helps is named above with each stretch; then convert it again with --force.`;
}

interface Conversion {
  readonly target: string;
  readonly source: string;
  readonly read: CaptionFileContent;
  readonly cues: readonly Cue[];
  readonly gone: number;
  readonly notes: readonly EncoderNote[];
  readonly maxDelayMs: number;
  /** What the new format does not keep. */
  readonly losses: readonly Issue[];
  readonly timecode: TimecodeStyle;
}

function report(conversion: Conversion, json: boolean): number {
  const { source, target, read, cues, gone, notes, losses, maxDelayMs, timecode } = conversion;
  const unread = findUnreadText(read.issues).length;
  const lateness = latenessNotice(notes, maxDelayMs);
  const status = unread + gone > 0 ? "incomplete" : lateness === undefined ? "completed" : "late";
  const exitCode = status === "completed" ? 0 : 1;
  const issues = [...read.issues, ...losses];
  if (json) {
    printJson({ status, file: target, captions: cues.length, unread, before_start: gone, issues, notes });
    return exitCode;
  }
  for (const issue of issues) printNotice(issueLine(issue, timecode));
  for (const note of notes) {
    const line = noteLine(note, timecode);
    if (line !== undefined) printNotice(line);
  }
  for (const line of repairSummary(notes)) printNotice(line);
  printResult(`${printable(target)}: ${counted(cues.length, "caption")}`);
  if (gone > 0) printNotice(`${counted(gone, "caption")} would end before the program begins, and left out.`);
  if (unread > 0) {
    printNotice(
      `${printable(source)}: ${counted(unread, "part")} of it could not be read and is missing from the new file. ` +
        "Correct the lines that are named above, then convert it again with --force.",
    );
  }
  if (lateness !== undefined) printNotice(printable(`${target}: ${lateness}`));
  return exitCode;
}

/** What the new SCC file is like: as the options say, else like the SCC file that it is made from. */
function toEncodeOptions(options: ConvertOptions, form: SccForm | undefined, source: TimecodeStyle): EncodeOptions {
  const profile = cueProfile(readStationConfig({}).settings.captions);
  const timecode = options.nonDropFrame === true ? { ...source, dropFrame: false } : source;
  const hourOne = (form?.startFrame ?? 0) > 0 ? "01:00:00:00" : "00:00:00:00";
  return {
    profile: { ...profile, speakerLabels: options.speakers ?? profile.speakerLabels },
    timecode,
    startFrame: parseFrame("--start", options.start ?? hourOne, timecode),
    mode: options.mode ?? form?.mode ?? "pop-on",
    channel: options.channel ?? form?.channel ?? 1,
  };
}

/**
 * Runs the command; gives the exit code, which is 1 when a part of the file could not be converted or captions are later
 * than the rules allow.
 */
export async function convertCommand(from: string, to: string, options: ConvertOptions): Promise<number> {
  const source = userPath(from);
  const target = userPath(to);
  const format = getFormat(target);
  await checkTarget(source, target, options.force === true);
  const bytes = await readFileBytes(source);
  const { nonDropFrame: _forWriting, ...reading } = options;
  const sourceStyle = timecodeStyle(reading, bytes);
  const offsetMs = options.offset === undefined ? 0 : parseOffset(options.offset, sourceStyle);
  const isLine21 = isLine21Format(format);
  // From line 21 to line 21, start and channel are those of the new file; what the old one has is found out.
  const { start: _start, channel: _channel, ...rest } = options;
  const read = await readCaptionFile(source, bytes, toReadOptions(isLine21 ? rest : options, sourceStyle));
  const { cues, gone } = moved(read.cues, offsetMs);
  if (cues.length === 0) {
    throw new ArchivistError("captions.unreadable", { subject: source, cause: "there are no captions in this file" });
  }
  const encodeOptions = toEncodeOptions(options, read.scc, sourceStyle);
  const scc = isLine21 ? encodeTo(cues, target, encodeOptions) : undefined;
  const words = offsetMs === 0 ? read.words : [];
  const { language } = read;
  const content = { cues, words, ...(language === undefined ? {} : { language }) };
  const { profile } = encodeOptions;
  const writeOptions = {
    ...(options.frameRate === undefined ? {} : { rate: sourceStyle.rate }),
    date: new Date(),
    line21: encodeOptions,
  };
  const isEncoded = scc !== undefined && format === "scc";
  const written = isEncoded ? scc.text : writeCaptionFile(format, content, profile, writeOptions);
  await writeFileAtomic(target, written);
  const notes = scc?.notes ?? [];
  const losses = listLosses(cues, format, profile, written);
  const { maxDelayMs } = profile;
  const conversion = { source, target, read, cues, gone, notes, losses, maxDelayMs, timecode: sourceStyle };
  return report(conversion, options.json === true);
}
