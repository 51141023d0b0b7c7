/** The job that finds where the shots of a recording change, and makes small pictures of it for the editor's timeline. */
import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import {
  decodedLength,
  findDecodedFacts,
  findRecording,
  type RecordingRow,
} from "../catalog/repositories/recordings.ts";
import { ArchivistError } from "../contract/errors.ts";
import { makePictures } from "../media/pictures.ts";
import { probe } from "../media/probe.ts";
import { fileError } from "../platform/file-errors.ts";
import { defineJobKind, type JobKind } from "../queue/job-kind.ts";
import type { StationServices } from "../station-services.ts";
import { createPassProgress } from "./job-progress.ts";
import { getRecordingPictures } from "./pictures.ts";

const payloadSchema = z.strictObject({ recordingId: z.string().min(1) });

/** Shares keep the time of a change to two seconds (FAT), in milliseconds. */
const timeToleranceMs = 2_000;

/** A name may have been given to the recording of another meeting since. @throws ArchivistError `file.changed`, `file.missing` */
async function requireSameFile({ filePath, fileSize, modifiedMs }: RecordingRow): Promise<void> {
  const found = await stat(filePath).catch((thrown: unknown) => {
    throw fileError(thrown, filePath, "read");
  });
  if (found.size !== fileSize || Math.abs(found.mtimeMs - modifiedMs) > timeToleranceMs)
    throw new ArchivistError("file.changed", { subject: filePath });
}

export function createPicturesJobKind(services: StationServices): JobKind {
  const { catalog, settings, clock } = services;
  return defineJobKind({
    type: "pictures",
    payload: payloadSchema,
    steps: () => [{ name: "look" }],
    run: async ({ payload: { recordingId }, signal, step, report, setJobFacts }) => {
      const recording = findRecording(catalog, recordingId);
      if (recording === undefined) throw new ArchivistError("file.missing", { subject: recordingId });
      const { ffmpeg, ffprobe } = await services.mediaTools();
      const path = recording.filePath;
      const known = decodedLength(catalog, recordingId)?.durationMs;
      const durationMs = known ?? (await probe(ffprobe, path, settings.media, signal)).durationMs;
      if (durationMs === undefined) throw new ArchivistError("media.undecodable", { subject: path });
      setJobFacts({ durationMs });
      const folder = dirname(getRecordingPictures(services, recordingId).facts);
      await mkdir(folder, { recursive: true });
      const message = "finding shots and making small pictures";
      const onProgress = createPassProgress({ clock, report, stage: "look", message, durationMs });
      const facts = findDecodedFacts(catalog, recordingId);
      const stallMs = settings.media.stallSeconds * 1000;
      return step("look", async () => {
        await requireSameFile(recording);
        await makePictures({ ffmpeg, path, durationMs, facts, folder, stallMs, signal, onProgress });
      });
    },
  });
}
