/** One meeting: its captions, what was found in it, and where it went. */
import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { unkeptEdits } from "../../catalog/repositories/drafts.ts";
import { summaryOf } from "../../catalog/repositories/insights.ts";
import { approveNewest, filesOf, type LibraryRow, libraryRow, versionsOf } from "../../catalog/repositories/library.ts";
import { issuesOf } from "../../catalog/repositories/outputs.ts";
import { publishedVods } from "../../catalog/repositories/publications.ts";
import { type PublishableRow, publishableByPrefix } from "../../catalog/repositories/publishing.ts";
import { newestCues } from "../../catalog/repositories/versions.ts";
import { ArchivistError, type ErrorCode, errorKinds } from "../../contract/errors.ts";
import { priorities } from "../../contract/jobs.ts";
import { needsProxy, proxyJob, proxyOf, showsPicture, submitProxyOf } from "../../maintenance/previews.ts";
import { sha256 } from "../../platform/atomic-write.ts";
import { submitPublication } from "../../publishing/auto-publish.ts";
import { chaptersOf } from "../../publishing/chapters.ts";
import { makePublication } from "../../publishing/publication.ts";
import { obstacles, requireOpenGate } from "../../publishing/publish-checks.ts";
import { openTarget } from "../../publishing/targets.ts";
import type { ApiParts } from "../context.ts";
import { done, os } from "../implement.ts";
import { meetingRow } from "./library.ts";

function requireMeeting({ workshop }: ApiParts, id: string): LibraryRow {
  const row = libraryRow(workshop.catalog, id);
  if (row === undefined) throw new ArchivistError("meeting.unknown", { subject: id });
  return row;
}

export function requirePublishable({ workshop }: Pick<ApiParts, "workshop">, id: string): PublishableRow {
  const [row, second] = publishableByPrefix(workshop.catalog, id);
  if (row === undefined || second !== undefined) throw new ArchivistError("meeting.unknown", { subject: id });
  return row;
}

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );

async function mediaOf({ workshop, operation }: ApiParts, { recordingId, filePath }: LibraryRow) {
  const [isThere, needsCopy] = [await isFile(filePath), needsProxy(workshop, recordingId)];
  const hasCopy = needsCopy && (await isFile(proxyOf(workshop, recordingId)));
  const job = needsCopy && !hasCopy ? proxyJob(workshop, recordingId) : undefined;
  const copying = job && operation.desk.find(job.id);
  return {
    url: `/media/${recordingId}`,
    isThere: isThere || hasCopy,
    hasPicture: showsPicture(workshop, recordingId),
    isPlayable: needsCopy ? hasCopy : isThere,
    copy: copying === undefined ? null : { jobId: copying.id, state: copying.state, progress: copying.progress },
    note: isThere ? null : "The recording is not where it was: the share may not be mounted, or it was moved.",
  };
}

async function shownFiles({ workshop }: ApiParts, id: string) {
  return Promise.all(
    filesOf(workshop.catalog, id).map(async ({ kind, path, sha256: digest, writtenDate }) => {
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
    const { catalog } = context.parts.workshop;
    const row = requireMeeting(context.parts, input.id);
    const summary = summaryOf(catalog, row.id);
    return {
      meeting: meetingRow(row),
      path: row.filePath,
      title: row.meetingTitle ?? row.filename,
      type: row.meetingType,
      language: row.language,
      processingMs: row.processingMs,
      problem: row.status === "failed" ? problemOfRow(row) : null,
      media: await mediaOf(context.parts, row),
      summary: {
        sentences: [...(summary?.sentences ?? [])],
        phrases: [...(summary?.phrases ?? [])],
      },
      chapters: [...(await chaptersOf(catalog, row.id))],
      files: await shownFiles(context.parts, row.id),
      versions: versionsOf(catalog, row.id).map(({ id: _, ...version }) => version),
      issues: issuesOf(catalog, row.id).map(({ severity, rule, message, remedy, atMs }) => ({
        severity,
        rule,
        message,
        remedy: remedy ?? null,
        atMs: atMs ?? null,
      })),
    };
  }),
  cues: os.meeting.cues.handler(({ input, context }) => {
    requireMeeting(context.parts, input.id);
    return newestCues(context.parts.workshop.catalog, input.id).map(({ lines, styles, ...cue }) => ({
      ...cue,
      lines: [...lines],
      ...(styles === undefined ? {} : { styles: [...styles] }),
    }));
  }),
  approve: os.meeting.approve.handler(({ input, context }) => {
    const { catalog, clock } = context.parts.workshop;
    requireMeeting(context.parts, input.id);
    const by = context.person()?.username ?? "";
    if (!approveNewest(catalog, input.id, by, clock.now().toISOString())) {
      throw new ArchivistError("meeting.unknown", { subject: input.id, cause: "it has no captions yet" });
    }
    return { done: true } as const;
  }),
  reveal: os.meeting.reveal.handler(async ({ input, context }) => {
    const { workshop, host } = context.parts;
    const row = requireMeeting(context.parts, input.id);
    const known = [row.filePath, ...filesOf(workshop.catalog, row.id).map(({ path }) => path)];
    if (host.reveal === undefined || !known.includes(input.path)) {
      throw new ArchivistError("host.unable", { subject: input.path });
    }
    await host.reveal(input.path);
    return done;
  }),
  makeCopy: os.meeting.makeCopy.handler(({ input, context }) => {
    requireMeeting(context.parts, input.id);
    const { workshop, operation } = context.parts;
    // Somebody wants to see it now.
    return { jobId: submitProxyOf(workshop, operation.desk, input.id, priorities.highest)?.id ?? null };
  }),
  preview: os.meeting.preview.handler(async ({ input, context, signal }) => {
    const { workshop } = context.parts;
    const row = requirePublishable(context.parts, input.id);
    const target = openTarget(workshop, workshop.settings.publishing.target, { signal });
    const publication = await makePublication(workshop, target.server, row);
    const steps = await target.preview(publication);
    return {
      target: target.name,
      obstacles: [...obstacles(workshop, row)],
      unkeptEdits: unkeptEdits(workshop.catalog, row.id),
      steps: [...steps],
    };
  }),
  published: os.meeting.published.handler(({ input, context }) => {
    const row = requireMeeting(context.parts, input.id);
    return publishedVods(context.parts.workshop.catalog)
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
    const { workshop, operation } = context.parts;
    const { id, ...wish } = input;
    const row = requirePublishable(context.parts, id);
    requireOpenGate(workshop, row);
    return { jobId: submitPublication(operation.desk, row, wish).job.id };
  }),
});
