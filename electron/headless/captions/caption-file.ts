/** Caption files as the commands take them: read with their faults named. */
import { readFile, stat } from "node:fs/promises";
import { formatClockTime } from "../../captions/formats/clock-time.ts";
import type { Issue } from "../../captions/quality/issue.ts";
import { formatTimecode, type TimecodeStyle } from "../../captions/time/timecode.ts";
import { ArchivistError } from "../../contract/errors.ts";
import { fileError } from "../../platform/file-errors.ts";
import { printable } from "../terminal/print.ts";

/** A six-hour meeting with every word takes 6 MB. */
const maxFileBytes = 64 * 1024 * 1024;

/**
 * The bytes of a caption file.
 * @throws ArchivistError `captions.unreadable`, `file.*`
 */
export async function readFileBytes(path: string): Promise<Uint8Array> {
  const refuse = (cause: string): never => {
    throw new ArchivistError("captions.unreadable", { subject: path, cause });
  };
  try {
    const info = await stat(path);
    if (info.isDirectory()) refuse("this is a folder");
    if (!info.isFile()) refuse("this is not a file but a pipe or device");
    if (info.size === 0) refuse("the file is empty");
    if (info.size > maxFileBytes) refuse("the file is too large for captions");
    return await readFile(path);
  } catch (thrown) {
    throw fileError(thrown, path, "read");
  }
}

/** An issue in one line: where, how bad, what, and what to do. */
export function issueLine(issue: Issue, timecode: TimecodeStyle): string {
  const { severity, rule, message, remedy, line, frame, atMs, untilMs } = issue;
  const until = untilMs === undefined ? "" : `–${formatClockTime(untilMs, ".")}`;
  const places = [
    ...(line === undefined ? [] : [`line ${line}`]),
    ...(frame === undefined ? [] : [formatTimecode(frame, timecode)]),
    ...(atMs === undefined || frame !== undefined ? [] : [formatClockTime(atMs, ".") + until]),
  ];
  const advice = remedy === undefined ? "" : ` ${remedy}`;
  return printable(`${places.join(", ") || "file"}: ${severity}: ${message} [${rule}]${advice}`);
}
