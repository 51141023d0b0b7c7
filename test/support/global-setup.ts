/** Creates the media files for the tests from the sample meeting, once per run. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { projectRoot, sampleVideo } from "./paths.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Folder of the media files; names are in `test/support/media/samples.ts`. */
    sampleFolder: string;
    /** What the speech engine has found out about this processor; empty: it has not been built. */
    processorProof: string;
  }
}

function ffmpeg(...args: readonly string[]): void {
  execFileSync("ffmpeg", ["-nostdin", "-loglevel", "error", "-y", ...args]);
}

function makeSamples(folder: string): void {
  const at = (name: string): string => join(folder, name);
  ffmpeg("-i", sampleVideo, "-vn", "-c:a", "pcm_s16le", at("sample.wav"));
  ffmpeg("-i", sampleVideo, "-vn", "-c:a", "libmp3lame", "-b:a", "64k", at("sample.mp3"));
  ffmpeg("-i", sampleVideo, "-vn", "-c:a", "flac", at("sample.flac"));
  ffmpeg("-i", sampleVideo, "-c:v", "copy", "-c:a", "aac", "-ar", "48000", "-ac", "2", at("sample.mkv"));
  // The first 20 seconds, for tests that need only a little speech.
  ffmpeg("-i", sampleVideo, "-t", "20", "-c:v", "copy", "-c:a", "copy", "-movflags", "+faststart", at("short.mp4"));
  for (const [name, codecs] of [
    ["short.mov", ["-c:a", "pcm_s16be"]],
    ["short.avi", ["-c:a", "pcm_s16le"]],
    ["short.wmv", ["-c:v", "wmv2", "-c:a", "wmav2"]],
    ["short.ts", ["-c:a", "aac"]],
    ["short.m4a", ["-vn", "-c:a", "aac"]],
  ] as const) {
    ffmpeg("-i", at("short.mp4"), ...codecs, at(name));
  }
  ffmpeg("-i", at("short.mp4"), "-an", "-c:v", "copy", at("silent-film.mp4"));
  writeFileSync(at("empty.mp4"), "");
  writeFileSync(at("text.mp4"), "These are the minutes of the meeting, saved under the wrong name.\n".repeat(50));
  // Truncated in the middle: with the index in front (starts to play) and with the index at the end (does not open).
  writeFileSync(at("cut-faststart.mp4"), readFileSync(at("short.mp4")));
  truncateSync(at("cut-faststart.mp4"), Math.floor(readFileSync(at("short.mp4")).length / 2));
  ffmpeg("-i", at("short.mp4"), "-c", "copy", at("cut-plain.mp4"));
  truncateSync(at("cut-plain.mp4"), Math.floor(readFileSync(at("cut-plain.mp4")).length / 2));
  const key = "0123456789abcdef0123456789abcdef";
  const encryption = ["-encryption_scheme", "cenc-aes-ctr", "-encryption_key", key, "-encryption_kid", key];
  ffmpeg("-i", at("short.mp4"), "-c", "copy", ...encryption, at("encrypted.mp4"));
  // A disguised playlist: it makes ffmpeg read other files.
  writeFileSync(
    at("playlist.mp4"),
    `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n${at("short.ts")}\n#EXT-X-ENDLIST\n`,
  );
  writeFileSync(at("concat.mp4"), "ffconcat version 1.0\nfile short.mp4\n");
  mkdirSync(at("folder.mp4"));
}

/** Proves the engine's kernels once: every new data folder would do it again, for a second each. */
function proveProcessor(folder: string): string {
  const host = join(projectRoot, "native/out/bin/whisper-host");
  if (!existsSync(host)) return "";
  const proof = join(folder, "processor.json");
  execFileSync(host, ["--proof", proof], { input: "" });
  return existsSync(proof) ? proof : "";
}

export default function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), "archivist-samples-"));
  makeSamples(folder);
  project.provide("sampleFolder", folder);
  project.provide("processorProof", proveProcessor(folder));
  return () => rmSync(folder, { recursive: true, force: true });
}
