/** The job kind `join`: makes one recording of the parts of a meeting, and has it transcribed with what is known of them. */
import { mkdir, stat, statfs } from "node:fs/promises";
import { join, parse } from "node:path";
import { z } from "zod";
import { requirePublishable } from "../catalog/repositories/publishing.ts";
import { decodedLength } from "../catalog/repositories/recordings.ts";
import { ArchivistError } from "../contract/errors.ts";
import { formatBytes } from "../contract/sizes.ts";
import { concatenate, type JoinedPart } from "../media/concatenate.ts";
import { probe } from "../media/probe.ts";
import { fileError } from "../platform/file-errors.ts";
import { defineJobKind, type JobKind } from "../queue/job-kind.ts";
import type { JobService } from "../queue/job-service.ts";
import type { StationServices } from "../station-services.ts";
import { submitFollowingRecording } from "./following-recording.ts";

const payloadSchema = z.strictObject({
  /** Ids of transcriptions, in the order in which they follow one another. */
  parts: z.array(z.string().min(1)).min(2),
  by: z.string(),
});

/** What is joined has to fit beside the parts, with some room left. */
const spareBytes = 256 * 1024 ** 2;

interface Part extends JoinedPart {
  readonly id: string;
}

export function createJoinJobKind(services: StationServices, jobService: JobService): JobKind {
  return defineJobKind({
    type: "join",
    payload: payloadSchema,
    steps: () => [{ name: "join" }, { name: "hand over" }],
    run: async ({ payload, job, signal, order, step, report, setJobFacts }) => {
      const joined = await step("join", () =>
        services.lanes.run(
          "render",
          signal,
          async () => {
            const parts = await probeEachPart(services, payload.parts, signal);
            const totalMs = parts.reduce((sum, { lengthMs }) => sum + lengthMs, 0);
            setJobFacts({ durationMs: totalMs });
            const folder = join(services.folder.joined, job.id);
            await makeRoom(folder, parts);
            const { ffmpeg } = await services.mediaTools();
            const path = await concatenate({
              ffmpeg,
              parts,
              folder,
              // As the first part: the name says what meeting it is.
              name: parse(parts[0]?.path ?? "").name,
              stallMs: services.settings.media.stallSeconds * 1000,
              threads: Math.max(1, Math.floor(services.machine.cores / 2)),
              signal,
              onProgress: (ms) =>
                report({ progress: Math.min(1, ms / totalMs), stage: "join", message: "joining the parts" }),
            });
            return { path, parts: toPlaces(parts) };
          },
          order,
        ),
      );
      return step("hand over", async () => {
        const [first] = payload.parts;
        const row = requirePublishable(services.catalog, first ?? "");
        const { parts, path } = joined;
        const next = await submitFollowingRecording({ services, jobService }, row, path, { parts, by: payload.by });
        return { path, jobId: next.id };
      });
    },
  });
}

/** Where each part begins in the joined recording. */
function toPlaces(parts: readonly Part[]) {
  let startMs = 0;
  return parts.map(({ id, lengthMs }) => {
    const place = { transcriptionId: id, startMs, lengthMs };
    startMs += lengthMs;
    return place;
  });
}

/** @throws ArchivistError `meeting.unknown`, `file.*`, `media.*` */
async function probeEachPart(
  services: StationServices,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<readonly Part[]> {
  const { catalog, settings } = services;
  const { ffprobe } = await services.mediaTools();
  const parts: Part[] = [];
  for (const given of ids) {
    const { id, filePath: path, recordingId } = requirePublishable(catalog, given);
    const info = await probe(ffprobe, path, settings.media, signal);
    // The longer of what the file says and what was heard: the next part begins after both.
    const decodedMs = decodedLength(catalog, recordingId)?.durationMs ?? 0;
    parts.push({ id, path, info, lengthMs: Math.ceil(Math.max(info.durationMs ?? 0, decodedMs)) });
  }
  return parts;
}

/** @throws ArchivistError `disk.full`, `folder.not-writable` */
async function makeRoom(folder: string, parts: readonly Part[]): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (thrown) {
    throw fileError(thrown, folder, "write");
  }
  const sizes = await Promise.all(parts.map(({ path }) => stat(path).then(({ size }) => size)));
  const needed = sizes.reduce((sum, size) => sum + size, spareBytes);
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < needed) {
    throw new ArchivistError("disk.full", {
      subject: folder,
      cause: `the joined recording needs ${formatBytes(needed)}`,
    });
  }
}
