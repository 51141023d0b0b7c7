/** Makes the preview copy of a recording, with the sound that its captions were made from. */
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { MediaSettings } from "../contract/settings.ts";
import { decode } from "./decoding/decode.ts";
import { decodedFiles } from "./decoding/files.ts";
import { canTakeSound, toSoundRequest } from "./decoding/recording-sound.ts";
import { makePreviewCopy, type PreviewRequest } from "./preview-copy.ts";
import type { MediaTools } from "./tools.ts";

export interface FaithfulPreviewRequest extends Omit<PreviewRequest, "ffmpeg" | "sound"> {
  readonly tools: Pick<MediaTools, "ffmpeg" | "ffprobe">;
  readonly settings: MediaSettings;
}

/**
 * Makes the copy. A recording with gaps in its sound, with jumps of its clock or with several sounds is decoded once
 * more, so that the copy shows sound, picture and captions together.
 * @throws ArchivistError as `decode` and `makePreviewCopy`; nothing else is left behind
 */
export async function makePreview({ tools, settings, ...copy }: FaithfulPreviewRequest): Promise<void> {
  const { facts, path, info, folder, signal } = copy;
  const { ffmpeg } = tools;
  if (facts === undefined || canTakeSound(facts)) {
    await makePreviewCopy({ ...copy, ffmpeg });
    return;
  }
  const work = join(folder, "preview-sound");
  try {
    await mkdir(work, { recursive: true });
    await decode({ tools, path, info, folder: work, settings, sound: toSoundRequest(facts), signal });
    await makePreviewCopy({ ...copy, ffmpeg, sound: decodedFiles(work).pcm });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
