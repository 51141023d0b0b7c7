/** The job that makes a preview copy of a recording that players cannot play directly. */
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { findDecodedFacts, findRecording } from "../catalog/repositories/recordings.ts";
import { ArchivistError } from "../contract/errors.ts";
import { makePreview } from "../media/preview.ts";
import { probe } from "../media/probe.ts";
import { defineJobKind, type JobKind } from "../queue/job-kind.ts";
import type { StationServices } from "../station-services.ts";
import { createPassProgress } from "./job-progress.ts";
import { getPreviewPath } from "./previews.ts";

const payloadSchema = z.strictObject({ recordingId: z.string().min(1) });
/** Transcription takes precedence over previews: the speech engine keeps the other processors. */
const minThreads = 1;

export function createPreviewJobKind(services: StationServices): JobKind {
  const { catalog, settings, lanes, clock } = services;
  return defineJobKind({
    type: "proxy",
    payload: payloadSchema,
    steps: () => [{ name: "copy" }],
    run: async ({ payload: { recordingId }, signal, order, step, report, setJobFacts }) => {
      const recording = findRecording(catalog, recordingId);
      if (recording === undefined) throw new ArchivistError("file.missing", { subject: recordingId });
      const tools = await services.mediaTools();
      const path = recording.filePath;
      const info = await probe(tools.ffprobe, path, settings.media, signal);
      if (info.durationMs !== undefined) setJobFacts({ durationMs: info.durationMs });
      const folder = dirname(getPreviewPath(services, recordingId));
      await mkdir(folder, { recursive: true });
      const message = "making a copy that can be played here";
      const { durationMs } = info;
      const onProgress = createPassProgress({ clock, report, stage: "copy", message, durationMs });
      const threads = Math.max(minThreads, Math.floor(services.machine.cores / 2));
      const stallMs = settings.media.stallSeconds * 1000;
      const facts = findDecodedFacts(catalog, recordingId);
      const copy = { path, info, folder, facts, stallMs, threads, signal, onProgress };
      const work = () => makePreview({ ...copy, tools, settings: settings.media });
      return step("copy", () => lanes.run("render", signal, work, order));
    },
  });
}
