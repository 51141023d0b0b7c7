/** What FFmpeg, which shares no code with Archivist, reads in a caption file. */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Cue } from "../../../electron/captions/cue.ts";
import { readCaptions } from "../../../electron/captions/formats/read.ts";
import { temporaryFolder } from "../temporary.ts";

/** The captions of a file by FFmpeg, their text without style. @param name whose ending says the format */
export function readByFfmpeg(
  name: string,
  content: string | Uint8Array,
): readonly Pick<Cue, "startMs" | "endMs" | "lines">[] {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  const srt = execFileSync("ffmpeg", ["-loglevel", "error", "-i", path, "-f", "srt", "-"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  return readCaptions(srt).cues.map(({ startMs, endMs, lines }) => ({ startMs, endMs, lines }));
}
