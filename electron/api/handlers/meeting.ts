/** Procedures for one meeting: its captions, their issues, and where it was published. */
import { basename } from "node:path";
import { countUnversionedEdits } from "../../catalog/repositories/drafts.ts";
import { findSummary } from "../../catalog/repositories/insights.ts";
import { type LibraryRow, listFiles, listVersions, requireLibraryRow } from "../../catalog/repositories/library.ts";
import { findFacts, isPublicationOlder, listChanges } from "../../catalog/repositories/meeting-facts.ts";
import { listIssues } from "../../catalog/repositories/outputs.ts";
import { publishedVods } from "../../catalog/repositories/publications.ts";
import { requirePublishable } from "../../catalog/repositories/publishing.ts";
import { findDecodedFacts } from "../../catalog/repositories/recordings.ts";
import { findNewestCues } from "../../catalog/repositories/versions.ts";
import { ArchivistError } from "../../contract/errors.ts";
import { priorities } from "../../contract/jobs.ts";
import { approveNewestVersion } from "../../editing/approve.ts";
import { inspectMedia } from "../../maintenance/media-state.ts";
import { submitPreview } from "../../maintenance/previews.ts";
import { changeFacts } from "../../meetings/change-facts.ts";
import { deleteMeeting, restoreMeeting } from "../../meetings/deletion.ts";
import { requestPublication } from "../../publishing/auto-publish.ts";
import { findChapters } from "../../publishing/chapters.ts";
import { previewPublication } from "../../publishing/preview.ts";
import { inspectDeliveredFiles } from "../../transcription/delivered-files.ts";
import { findFailure } from "../../transcription/failure.ts";
import type { ApiServices } from "../context.ts";
import { done, os } from "../implement.ts";
import { meetingDeps, meetingRow } from "./library.ts";

const requireMeeting = ({ station }: ApiServices, id: string): LibraryRow => requireLibraryRow(station.catalog, id);

async function mediaView({ station }: ApiServices, row: LibraryRow) {
  const { hasRecording, previewJob, ...state } = await inspectMedia(station, row);
  return {
    url: `/media/${row.recordingId}`,
    ...state,
    copy:
      previewJob === undefined
        ? null
        : { jobId: previewJob.id, state: previewJob.state, progress: previewJob.progress },
    note: hasRecording ? null : "The recording is not where it was: the share may not be mounted, or it was moved.",
  };
}

function soundView({ station }: ApiServices, recordingId: string) {
  const sound = findDecodedFacts(station.catalog, recordingId)?.sound;
  if (sound === undefined) return null;
  const offered = sound.heard.map(({ codec, language, channels }) => ({
    label: [codec, language].filter((part) => part !== undefined).join(", "),
    channels: channels.length,
  }));
  return { sound, offered };
}

function factsView({ station }: ApiServices, row: LibraryRow) {
  const facts = findFacts(station.catalog, row.id);
  return {
    title: row.meetingTitle ?? row.filename,
    date: row.meetingDate,
    type: row.meetingType,
    city: row.city,
    description: facts?.description ?? null,
    tags: [...(facts?.tags ?? [])],
    people: [...(facts?.people ?? [])],
    set: [...(facts?.set ?? [])],
  };
}

async function fileViews({ station }: ApiServices, id: string) {
  const files = await inspectDeliveredFiles(station.catalog, id);
  const toUrl = (path: string): string => `/files/${encodeURIComponent(id)}/${encodeURIComponent(basename(path))}`;
  return files.map((file) => ({ ...file, url: toUrl(file.path) }));
}

export const meeting = os.meeting.router({
  show: os.meeting.show.handler(async ({ input, context }) => {
    const { catalog, settings } = context.services.station;
    const row = requireMeeting(context.services, input.id);
    const summary = findSummary(catalog, row.id);
    return {
      meeting: meetingRow(row, settings.schedules.timeZone),
      path: row.filePath,
      title: row.meetingTitle ?? row.filename,
      type: row.meetingType,
      facts: factsView(context.services, row),
      changes: listChanges(catalog, row.id).map((change) => ({ ...change, fields: [...change.fields] })),
      sound: soundView(context.services, row.recordingId),
      language: row.language,
      processingMs: row.processingMs,
      problem: findFailure(row) ?? null,
      media: await mediaView(context.services, row),
      summary: {
        sentences: [...(summary?.sentences ?? [])],
        phrases: [...(summary?.phrases ?? [])],
      },
      chapters: [...(await findChapters(catalog, row.id))],
      files: await fileViews(context.services, row.id),
      versions: listVersions(catalog, row.id).map(({ id: _, ...version }) => version),
      issues: listIssues(catalog, row.id).map(({ severity, rule, message, remedy, atMs, untilMs }) => ({
        severity,
        rule,
        message,
        remedy: remedy ?? null,
        atMs: atMs ?? null,
        untilMs: untilMs ?? null,
      })),
    };
  }),
  edit: os.meeting.edit.handler(async ({ input, context }) => {
    const { id, ...changes } = input;
    const by = context.person()?.username ?? "";
    const outcome = await changeFacts(meetingDeps(context.services), id, changes, by);
    return {
      changed: [...outcome.fields],
      exportJobId: outcome.exportJobId ?? null,
      publishJobIds: [...outcome.publishJobIds],
      isPublicationOlder: outcome.isPublicationOlder,
    };
  }),
  remove: os.meeting.remove.handler(({ input, context }) => {
    deleteMeeting(meetingDeps(context.services), input.id, context.person()?.username ?? "");
    return done;
  }),
  restore: os.meeting.restore.handler(({ input, context }) => {
    restoreMeeting(context.services, input.id, context.person()?.username ?? "");
    return done;
  }),
  cues: os.meeting.cues.handler(({ input, context }) => {
    requireMeeting(context.services, input.id);
    return findNewestCues(context.services.station.catalog, input.id).map(({ lines, styles, ...cue }) => ({
      ...cue,
      lines: [...lines],
      ...(styles === undefined ? {} : { styles: [...styles] }),
    }));
  }),
  approve: os.meeting.approve.handler(async ({ input, context }) => {
    const { station } = context.services;
    await approveNewestVersion(
      station,
      requirePublishable(station.catalog, input.id),
      context.person()?.username ?? "",
    );
    return done;
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
    // A user is waiting for it.
    return { jobId: submitPreview(station, runtime.jobService, input.id, priorities.highest)?.id ?? null };
  }),
  preview: os.meeting.preview.handler(async ({ input, context, signal }) => {
    const { station } = context.services;
    const row = requirePublishable(station.catalog, input.id);
    const { target, obstacles, steps } = await previewPublication(station, row, {}, signal);
    const unkeptEdits = countUnversionedEdits(station.catalog, row.id);
    return { target, obstacles: [...obstacles], unkeptEdits, steps: [...steps] };
  }),
  published: os.meeting.published.handler(({ input, context }) => {
    const row = requireMeeting(context.services, input.id);
    const { catalog } = context.services.station;
    return publishedVods(catalog)
      .filter(({ recordingId }) => recordingId === row.recordingId)
      .map(({ id, target, vodId, showId, url, status, captionsVerified, missing, publishedDate, views }) => ({
        target,
        vodId,
        showId,
        url,
        status,
        captionsVerified,
        missing: [...missing],
        publishedDate,
        views,
        isOlder: isPublicationOlder(catalog, id),
      }));
  }),
  publish: os.meeting.publish.handler(({ input, context }) => {
    const { station, runtime } = context.services;
    const { id, ...options } = input;
    return { jobId: requestPublication(station, runtime.jobService, id, options).id };
  }),
});
