/** The names of a transcription's files. */
import { join } from "node:path";
import { captionFormats } from "../captions/formats/format-names.ts";
import type { FileKind } from "../contract/formats.ts";
import { shortenedName } from "../platform/file-name.ts";

const getExtension = (kind: FileKind): string =>
  kind === "summary" || kind === "report" ? `.${kind}.md` : captionFormats[kind].extensions[0];

/**
 * Where a file goes.
 * @param base the recording's own name without extension, which Cablecast needs for a sidecar
 */
export function outputPath(folder: string, base: string, kind: FileKind): string {
  return join(folder, shortenedName(base, getExtension(kind)));
}
