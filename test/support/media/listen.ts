/** Listens to a recording as the pipeline does, and to the copy that players get of it. */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { settingsSchema } from "../../../electron/contract/settings.ts";
import { type Decoded, decode } from "../../../electron/media/decoding/decode.ts";
import { decodedFiles } from "../../../electron/media/decoding/files.ts";
import { makePreview } from "../../../electron/media/preview.ts";
import { getPreviewFile } from "../../../electron/media/preview-copy.ts";
import { probe } from "../../../electron/media/probe.ts";
import type { MediaTools } from "../../../electron/media/tools.ts";
import { findOnsets } from "./onsets.ts";

const settings = settingsSchema.parse({}).media;

export interface Listened {
  readonly decoded: Decoded;
  /** When sounds begin on the recording's clock, in milliseconds. */
  readonly heard: readonly number[];
  /** The same in the copy, on a player's clock. */
  readonly played: readonly number[];
}

/** Taking off a constant offset makes a click at the very begin, in milliseconds. */
const clickMs = 50;

export async function listenTo(path: string, folder: string, tools: MediaTools): Promise<Listened> {
  const info = await probe(tools.ffprobe, path, settings);
  const decoded = await decode({ tools, path, info, folder, settings });
  const copies = join(folder, "copies");
  mkdirSync(copies);
  const { clock, sound, missing } = decoded;
  const facts = { clock, sound, missing };
  await makePreview({ tools, settings, path, info, folder: copies, facts, stallMs: 60_000, threads: 1 });
  // A player shows silence before the first sound, and where none is.
  const played = execFileSync(
    tools.ffmpeg.path,
    [
      ...["-v", "error", "-copyts", "-i", getPreviewFile(copies), "-vn", "-ac", "1", "-ar", "16000"],
      ...["-af", "aresample=async=1:first_pts=0,highpass=f=60", "-f", "s16le", "-"],
    ],
    { maxBuffer: 1e8 },
  );
  return {
    decoded,
    heard: findOnsets(readFileSync(decodedFiles(folder).pcm)),
    played: findOnsets(played).filter((ms) => ms > clickMs),
  };
}
