/** Long recordings made from the sample meeting. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { sampleVideo } from "../paths.ts";

/** The sample meeting in a loop, with picture, as a city would deliver it. @returns Absolute path. */
export function loopedSample(folder: string, minutes: number): string {
  const path = join(folder, `meeting-${minutes}.mp4`);
  const input = ["-stream_loop", "-1", "-i", sampleVideo, "-t", String(minutes * 60), "-c", "copy"];
  execFileSync("ffmpeg", ["-nostdin", "-loglevel", "error", "-y", ...input, path]);
  return path;
}
