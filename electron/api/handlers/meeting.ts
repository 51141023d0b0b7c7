/** One meeting: its captions, what was found in it, and where it went. */
import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { countUnversionedEdits } from "../../catalog/repositories/drafts.ts";
import { findSummary } from "../../catalog/repositories/insights.ts";
import {
  approveNewest,
  findLibraryRow,
  type LibraryRow,
  listFiles,
  listVersions,
} from "../../catalog/repositories/library.ts";
import { listIssues } from "../../catalog/repositories/outputs.ts";
import { publishedVods } from "../../catalog/repositories/publications.ts";
import { listPublishableByPrefix, type PublishableRow } from "../../catalog/repositories/publishing.ts";
import { findNewestCues } from "../../catalog/repositories/versions.ts";
import { ArchivistError, type ErrorCode, errorKinds } from "../../contract/errors.ts";
import { priorities } from "../../contract/jobs.ts";
import {
  findPreviewJob,
  getPreviewPath,
  hasPictureTrack,
  needsPreview,
  submitPreview,
} from "../../maintenance/previews.ts";
import { sha256 } from "../../platform/atomic-write.ts";
import { submitPublication } from "../../publishing/auto-publish.ts";
import { findChapters } from "../../publishing/chapters.ts";
import { makePublication } from "../../publishing/publication.ts";
import { listPublishObstacles, requirePublishChecks } from "../../publishing/publish-checks.ts";
import { openTarget } from "../../publishing/targets.ts";
import type { ApiServices } from "../context.ts";
import { done, os } from "../implement.ts";
import { meetingRow } from "./library.ts";

function requireMeeting({ station }: ApiServices, id: string): LibraryRow {
  const row = findLibraryRow(station.catalog, id);
  if (row === undefined) throw new ArchivistError("meeting.unknown", { subject: id });
  return row;
}

export function requirePublishable({ station }: Pick<ApiServices, "station">, id: string): PublishableRow {
  const [row, second] = listPublishableByPrefix(station.catalog, id);
  if (row === undefined || second !== undefined) throw new ArchivistError("meeting.unknown", { subject: id });
  return row;
}

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );

async function getMedia({ station, runtime }: ApiServices, { recordingId, filePath }: LibraryRow) {
  const [pathExists, needsCopy] = [await isFile(filePath), needsPreview(station, recordingId)];
  const hasCopy = needsCopy && (await isFile(getPreviewPath(station, recordingId)));
  const job = needsCopy && !hasCopy ? findPreviewJob(station, recordingId) : undefined;
  const copying = job && runtime.jobService.find(job.id);
  return {
    url: `/media/${recordingId}`,
    isThere: pathExists || hasCopy,
    hasPicture: hasPictureTrack(station, recordingId),
    isPlayable: needsCopy ? hasCopy : pathExists,
    copy: copying === undefined ? null : { jobId: copying.id, state: copying.state, progress: copying.progress },
    note: pathExists ? null : "The recording is not where it was: the share may not be mounted, or it was moved.",
  };
}

async function shownFiles({ station }: ApiServices, id: string) {
  return Promise.all(
    listFiles(station.catalog, id).map(async ({ kind, path, sha256: digest, writtenDate }) => {
      const content = await readFile(path).catch(() => undefined);
      return {
        kind,
        path,
        url: `/files/${encodeURIComponent(id)}/${encodeURIComponent(basename(path))}`,
        writtenDate,
        isThere: content !== undefined,
        isChanged: content !== undefined && sha256(content) !== digest,
      };
    }),
  );
}

function problemOfRow({ errorCode, errorMessage }: LibraryRow) {
  if (errorCode === null) return null;
  const kind = errorKinds[errorCode as ErrorCode] as (typeof errorKinds)[ErrorCode] | undefined;
  return {
    code: errorCode,
    message: errorMessage ?? kind?.cause ?? "it failed",
    remedy: kind?.remedy ?? "Try again.",
    retryable: kind?.retryable ?? false,
  };
}

export const meeting = os.meeting.router({
  show: os.meeting.show.handler(async ({ input, context }) => {
    const { catalog } = context.services.station;
    const row = requireMeeting(context.services, input.id);
    const summary = findSummary(catalog, row.id);
    return {
      meeting: meetingRow(row),
      path: row.filePath,
      title: row.meetingTitle ?? row.filename,
      type: row.meetingType,
      language: row.language,
      processingMs: row.processingMs,
      problem: row.status === "failed" ? problemOfRow(row) : null,
      media: await getMedia(context.services, row),
      summary: {
        sentences: [...(summary?.sentences ?? [])],
        phrases: [...(summary?.phrases ?? [])],
      },
      chapters: [...(await findChapters(catalog, row.id))],
      files: await shownFiles(context.services, row.id),
      versions: listVersions(catalog, row.id).map(({ id: _, ...version }) => version),
      issues: listIssues(catalog, row.id).map(({ severity, rule, message, remedy, atMs }) => ({
        severity,
        rule,
        message,
        remedy: remedy ?? null,
        atMs: atMs ?? null,
      })),
    };
  }),
  cues: os.meeting.cues.handler(({ input, context }) => {
    requireMeeting(context.services, input.id);
    return findNewestCues(context.services.station.catalog, input.id).map(({ lines, styles, ...cue }) => ({
      ...cue,
      lines: [...lines],
      ...(styles === undefined ? {} : { styles: [...styles] }),
    }));
  }),
  approve: os.meeting.approve.handler(({ input, context }) => {
    const { catalog, clock } = context.services.station;
    requireMeeting(context.services, input.id);
    const by = context.person()?.username ?? "";
    if (!approveNewest(catalog, input.id, by, clock.now().toISOString())) {
      throw new ArchivistError("meeting.unknown", { subject: input.id, cause: "it has no captions yet" });
    }
    return { done: true } as const;
  }),
  reveal: os.meeting.reveal.handler(async ({ input, context }) => {
    const { station, host } = context.services;
    const row = requireMeeting(context.services, input.id);
    const known = [row.filePath, ...listFiles(station.catalog, row.id).map(({ path }) => path)];
    if (host.reveal === undefined || !known.includes(input.path)) {
      throw new ArchivistError("host.unable", { subject: input.path });
    }
    await host.reveal(input.path);
    return done;
  }),
  makeCopy: os.meeting.makeCopy.handler(({ input, context }) => {
    requireMeeting(context.services, input.id);
    const { station, runtime } = context.services;
    // Somebody wants to see it now.
    return { jobId: submitPreview(station, runtime.jobService, input.id, priorities.highest)?.id ?? null };
  }),
  preview: os.meeting.preview.handler(async ({ input, context, signal }) => {
    const { station } = context.services;
    const row = requirePublishable(context.services, input.id);
    const target = openTarget(station, station.settings.publishing.target, { signal });
    const publication = await makePublication(station, target.server, row);
    const steps = await target.preview(publication);
    return {
      target: target.name,
      obstacles: [...listPublishObstacles(station, row)],
      unkeptEdits: countUnversionedEdits(station.catalog, row.id),
      steps: [...steps],
    };
  }),
  published: os.meeting.published.handler(({ input, context }) => {
    const row = requireMeeting(context.services, input.id);
    return publishedVods(context.services.station.catalog)
      .filter(({ recordingId }) => recordingId === row.recordingId)
      .map(({ target, vodId, showId, url, status, captionsVerified, missing, publishedDate, views }) => ({
        target,
        vodId,
        showId,
        url,
        status,
        captionsVerified,
        missing: [...missing],
        publishedDate,
        views,
      }));
  }),
  publish: os.meeting.publish.handler(({ input, context }) => {
    const { station, runtime } = context.services;
    const { id, ...options } = input;
    const row = requirePublishable(context.services, id);
    requirePublishChecks(station, row);
    return { jobId: submitPublication(runtime.jobService, row, options).job.id };
  }),
});
