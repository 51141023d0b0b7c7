/** The names of a transcription's files. */
import { join } from "node:path";
import { captionFormats } from "../captions/formats/format-names.ts";
import type { FileKind } from "../contract/formats.ts";
import { firstBytes, maxNameBytes, shortenedName } from "../platform/file-name.ts";

const getExtension = (kind: FileKind): string =>
  kind === "summary" || kind === "report" ? `.${kind}.md` : captionFormats[kind].extensions[0];

/** Room for the longest extension of a file, and more. */
const reservedBytes = 16;

/** A base name with a number, which stays when the name is too long for a file system. */
export const numberedBase = (base: string, number: number): string =>
  `${firstBytes(base, maxNameBytes - reservedBytes - String(number).length - 1)}-${number}`;

/**
 * Where a file goes.
 * @param base the recording's own name without extension, which Cablecast needs for a sidecar
 */
export function outputPath(folder: string, base: string, kind: FileKind): string {
  return join(folder, shortenedName(base, getExtension(kind)));
}
