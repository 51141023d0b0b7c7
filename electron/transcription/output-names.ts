/** The names of a transcription's files. */
import { join } from "node:path";
import type { FileKind } from "../catalog/repositories/outputs.ts";
import { shortenedName } from "../platform/file-name.ts";

const extensions: Readonly<Record<FileKind, string>> = {
  scc: ".scc",
  vtt: ".vtt",
  srt: ".srt",
  txt: ".txt",
  json: ".json",
  summary: ".summary.md",
  report: ".report.md",
};

/** Where a file goes. `base` is the recording's own name without extension, which Cablecast needs for a sidecar. */
export function outputPath(folder: string, base: string, kind: FileKind): string {
  return join(folder, shortenedName(base, extensions[kind]));
}
