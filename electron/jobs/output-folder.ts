/** Where the files of a transcription go when nobody says where. */
import { existsSync } from "node:fs";
import { join, parse } from "node:path";
import type { Catalog } from "../catalog/open.ts";
import { isOutputFolderTaken } from "../catalog/repositories/transcriptions.ts";
import { localDate } from "../lib/clock.ts";

/** File systems take 255 bytes for a name; the date, a number and the extensions need room as well. */
const longestName = 180;

/** A file name that every file system takes: reserved characters, trailing dots and overlong names are mended. */
export function safeName(name: string): string {
  const clean = name.replace(/[\\/:*?"<>|\p{Cc}]/gu, "-").replace(/^[\s.]+|[\s.]+$/g, "");
  let short = "";
  for (const character of clean) {
    if (Buffer.byteLength(short + character) > longestName) break;
    short += character;
  }
  return short.trimEnd() || "recording";
}

/** `<root>/<date>-<name>`, with a number behind it where that is another transcription's. */
export function newOutputFolder(catalog: Catalog, root: string, recordingPath: string, date: Date): string {
  const name = `${localDate(date)}-${safeName(parse(recordingPath).name)}`;
  for (let number = 1; ; number++) {
    const folder = join(root, number === 1 ? name : `${name}-${number}`);
    if (!isOutputFolderTaken(catalog, folder) && !existsSync(folder)) return folder;
  }
}
