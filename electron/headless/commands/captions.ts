/** `archivist captions convert IN OUT` and `archivist captions check FILE` */
import { lstat, readFile, stat } from "node:fs/promises";
import { extname, resolve } from "node:path";
import { formatClockTime } from "../../captions/formats/clock-time.ts";
import { NotCaptionsError, type ReadCaptions, readCaptions, unreadParts } from "../../captions/formats/read.ts";
import { type WritableFormat, writeCaptions } from "../../captions/formats/write.ts";
import { checkCues } from "../../captions/quality/cue-rules.ts";
import type { Issue } from "../../captions/quality/issue.ts";
import { compareWithCues, encodeScc } from "../../captions/scc/encode.ts";
import { timecodeHours } from "../../captions/time/timecode.ts";
import { ArchivistError } from "../../contract/errors.ts";
import { outputFormats } from "../../contract/formats.ts";
import { writeFileAtomic } from "../../lib/atomic-write.ts";
import { decodeText } from "../../lib/decode-text.ts";
import { fileError } from "../../lib/file-errors.ts";
import { counted, printable, printJson, printNotice, printResult } from "../print.ts";
import { userPath } from "../user-paths.ts";

/** A six-hour meeting with every word takes 6 MB. */
const largestFile = 64 * 1024 * 1024;

async function readCaptionFile(path: string): Promise<ReadCaptions> {
  try {
    const info = await stat(path);
    if (info.isDirectory())
      throw new ArchivistError("captions.unreadable", { subject: path, cause: "this is a folder" });
    if (!info.isFile()) {
      throw new ArchivistError("captions.unreadable", {
        subject: path,
        cause: "this is not a file but a pipe or device",
      });
    }
    if (info.size === 0) throw new ArchivistError("captions.unreadable", { subject: path, cause: "the file is empty" });
    if (info.size > largestFile) {
      throw new ArchivistError("captions.unreadable", { subject: path, cause: "the file is too large for captions" });
    }
    return readCaptions(decodeText(await readFile(path)));
  } catch (thrown) {
    if (thrown instanceof NotCaptionsError) {
      throw new ArchivistError("captions.unreadable", { subject: path, cause: thrown.message });
    }
    throw fileError(thrown, path, "read");
  }
}

function formatOf(path: string): WritableFormat {
  const extension = extname(path).slice(1).toLowerCase();
  const format = outputFormats.find((known) => known === extension);
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

/** SCC labels end at 24 hours. */
const lastSccMs = timecodeHours * 3_600_000;

/** The text of the new file, checked where a decoder can check it. */
function encoded(format: WritableFormat, read: ReadCaptions, target: string): string {
  const { cues, words, language } = read;
  if (format === "scc" && cues.some(({ endMs }) => endMs >= lastSccMs)) {
    throw new ArchivistError("captions.unreadable", {
      subject: target,
      cause: "a caption lies beyond 24 hours, where timecode ends",
      remedy: "Move the captions so that they begin near 00:00:00, then convert them.",
    });
  }
  const text = writeCaptions(format, { cues, words, ...(language === undefined ? {} : { language }) });
  const difference = format === "scc" ? compareWithCues(text, cues) : undefined;
  if (difference !== undefined) {
    throw new ArchivistError("captions.not-verified", {
      subject: target,
      cause: `the captions would change (${difference})`,
    });
  }
  return text;
}

/** Runs `captions convert`; gives the exit code, which is 1 when a part of the file could not be read. */
export async function convertCommand(from: string, to: string, options: { readonly force?: boolean }): Promise<number> {
  const source = userPath(from);
  const target = userPath(to);
  const format = formatOf(target);
  await checkTarget(source, target, options.force === true);
  const read = await readCaptionFile(source);
  const { cues, issues } = read;
  if (cues.length === 0) {
    throw new ArchivistError("captions.unreadable", { subject: source, cause: "there are no captions in this file" });
  }
  await writeFileAtomic(target, encoded(format, read, target));
  for (const issue of issues) printNotice(issueLine(issue));
  if (format === "scc") printEncoderNotes(cues);
  printResult(`${printable(target)}: ${counted(cues.length, "caption")}`);
  const unread = unreadParts(issues).length;
  if (unread === 0) return 0;
  printNotice(
    `${printable(source)}: ${counted(unread, "part")} of it could not be read and is missing from the new file. ` +
      "Correct the lines that are named above, then convert it again with --force.",
  );
  return 1;
}

function printEncoderNotes(cues: ReadCaptions["cues"]): void {
  for (const note of encodeScc(cues).notes) {
    const at = formatClockTime(note.atMs, ".");
    if (note.kind === "late")
      printNotice(`${at}: appears ${(note.lateMs / 1000).toFixed(2)} s late, it takes that long to load`);
    else if (note.kind === "re-cut") printNotice(`${at}: was cut anew to fit the screen: ${printable(note.text)}`);
    else printNotice(`${at}: CEA-608 has no code for "${printable(note.character)}", a question mark is shown`);
  }
}

function issueLine({ severity, rule, message, line, atMs }: Issue): string {
  const place = line === undefined ? formatClockTime(atMs ?? 0, ".") : `line ${line}`;
  return printable(`${place}: ${severity}: ${message} [${rule}]`);
}

/** Runs `captions check`; exit code 1 when there is an error. */
export async function checkCommand(file: string, options: { readonly json?: boolean }): Promise<number> {
  const path = userPath(file);
  const { format, cues, issues: fileIssues } = await readCaptionFile(path);
  const issues = [...fileIssues, ...checkCues(cues)];
  const errors = issues.filter(({ severity }) => severity === "error").length;
  if (options.json) {
    printJson({ file: path, format, captions: cues.length, errors, warnings: issues.length - errors, issues });
  } else {
    for (const issue of issues) printResult(issueLine(issue));
    const found = `${counted(errors, "error")}, ${counted(issues.length - errors, "warning")}`;
    printResult(`${printable(path)}: ${counted(cues.length, "caption")}, ${found}`);
  }
  return errors > 0 ? 1 : 0;
}
