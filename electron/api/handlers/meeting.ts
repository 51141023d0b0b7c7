/** Procedures for one meeting: its captions, their issues, and where it was published. */
import { basename, isAbsolute } from "node:path";
import type { ApprovalReason } from "../../catalog/repositories/approvals.ts";
import { countUnversionedEdits } from "../../catalog/repositories/drafts.ts";
import { findSummary } from "../../catalog/repositories/insights.ts";
import { type LibraryRow, listFiles, listVersions, requireLibraryRow } from "../../catalog/repositories/library.ts";
import { findFacts, listChanges } from "../../catalog/repositories/meeting-facts.ts";
import { listIssues } from "../../catalog/repositories/outputs.ts";
import { requirePublishable } from "../../catalog/repositories/publishing.ts";
import { findDecodedFacts } from "../../catalog/repositories/recordings.ts";
import { findNewestCues } from "../../catalog/repositories/versions.ts";
import { ArchivistError } from "../../contract/errors.ts";
import { priorities } from "../../contract/jobs.ts";
import { findApprovalState, findHeldApproval } from "../../editing/approval-state.ts";
import type { ApprovedVersion } from "../../editing/approve.ts";
import { findExportState, submitExport } from "../../editing/export/submit-export.ts";
import { inspectMedia } from "../../maintenance/media-state.ts";
import { submitPreview } from "../../maintenance/previews.ts";
import { changeFacts } from "../../meetings/change-facts.ts";
import { deleteMeeting, restoreMeeting } from "../../meetings/deletion.ts";
import { replaceRecording } from "../../meetings/replace-recording.ts";
import { findSummaryStanding, listPublications } from "../../meetings/standing.ts";
import { findChapters } from "../../publishing/chapters.ts";
import { previewPublication } from "../../publishing/preview.ts";
import type { PublishOptions } from "../../publishing/publish-options.ts";
import { requestPublication } from "../../publishing/request-publication.ts";
import { inspectDeliveredFiles } from "../../transcription/delivered-files.ts";
import { findFailure } from "../../transcription/failure.ts";
import { findHeldFiles } from "../../transcription/held-files.ts";
import { requireOwnPaths } from "../caller.ts";
import type { ApiContext, ApiServices } from "../context.ts";
import { done, os } from "../implement.ts";
import { meetingDeps, meetingRow } from "./library.ts";

/** The person who asks; a program of the old system has no name. */
const toPerson = (context: ApiContext) => {
  const person = context.person();
  return { name: person?.username ?? "", userId: person?.id ?? 0 };
};

const toApproved = ({ number, jobId }: ApprovedVersion) => ({ version: number, jobId: jobId ?? null });

function approvalView({ station }: ApiServices, id: string) {
  const approval = findHeldApproval(station, id);
  return approval === null ? null : { ...approval, reasons: [...approval.reasons] };
}

function exportView({ station }: ApiServices, id: string) {
  const found = findExportState(station, id);
  return found === undefined ? null : { ...found, problem: found.problem ?? null };
}

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
  const files = await inspectDeliveredFiles(station, id);
  const toUrl = (path: string): string => `/files/${encodeURIComponent(id)}/${encodeURIComponent(basename(path))}`;
  return files.map((file) => ({ ...file, url: toUrl(file.path) }));
}

async function previewView(
  { station }: ApiServices,
  id: string,
  options: PublishOptions,
  signal: AbortSignal | undefined,
) {
  const row = requirePublishable(station.catalog, id);
  const preview = await previewPublication(station, row, options, signal);
  const { obstacles, steps, fields, qualities, shortcomings, sent } = preview;
  return {
    ...preview,
    obstacles: [...obstacles],
    unkeptEdits: countUnversionedEdits(station.catalog, row.id),
    steps: [...steps],
    fields: [...fields],
    qualities: [...qualities],
    shortcomings: [...shortcomings],
    sent: { ...sent, tags: [...sent.tags], chapters: [...sent.chapters] },
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
        ...(findSummaryStanding(catalog, row.id) ?? { version: null, isOlder: false }),
      },
      approval: approvalView(context.services, row.id),
      unsavedEdits: countUnversionedEdits(catalog, row.id),
      export: exportView(context.services, row.id),
      chapters: [...(await findChapters(catalog, row.id))],
      files: await fileViews(context.services, row.id),
      heldFiles: findHeldFiles(context.services.station, row.id) ?? null,
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
  approval: os.meeting.approval.handler(async ({ input, context }) => {
    const { station, editing } = context.services;
    const row = requirePublishable(station.catalog, input.id);
    const other = editing.findOtherWriter(row.id, toPerson(context).userId);
    const state = await findApprovalState(station, row, other);
    const toView = <T extends { readonly reasons: readonly ApprovalReason[] }>(entry: T) => ({
      ...entry,
      reasons: [...entry.reasons],
    });
    return {
      ...state,
      approval: state.approval === null ? null : toView(state.approval),
      history: state.history.map(toView),
    };
  }),
  importCaptions: os.meeting.importCaptions.handler(
    async ({ input: { id, name, base64, acceptLosses }, context }) =>
      await context.services.editing.importFile(id, {
        file: { name, bytes: Buffer.from(base64, "base64") },
        by: toPerson(context),
        acceptLosses,
      }),
  ),
  replaceRecording: os.meeting.replaceRecording.handler(async ({ input: { id, path }, context }) => {
    if (!isAbsolute(path))
      throw new ArchivistError("file.missing", { subject: path, cause: "the whole path is needed" });
    await requireOwnPaths(context, [path]);
    return { jobId: await replaceRecording(meetingDeps(context.services), id, path, toPerson(context).name) };
  }),
  approve: os.meeting.approve.handler(async ({ input: { id, ...request }, context }) =>
    toApproved(await context.services.editing.approve(id, { ...request, by: toPerson(context) })),
  ),
  takeBackApproval: os.meeting.takeBackApproval.handler(({ input: { id, ...request }, context }) =>
    toApproved(context.services.editing.takeBackApproval(id, { ...request, by: toPerson(context).name })),
  ),
  exportFiles: os.meeting.exportFiles.handler(({ input, context }) => {
    const { station, runtime } = context.services;
    const deps = { services: station, jobService: runtime.jobService };
    return { jobId: submitExport(deps, requirePublishable(station.catalog, input.id)).job.id };
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
  preview: os.meeting.preview.handler(({ input, context, signal }) =>
    previewView(context.services, input.id, {}, signal),
  ),
  previewWith: os.meeting.previewWith.handler(({ input: { id, ...options }, context, signal }) =>
    previewView(context.services, id, options, signal),
  ),
  published: os.meeting.published.handler(({ input, context }) =>
    listPublications(context.services.station.catalog, requireMeeting(context.services, input.id)).map(
      ({
        target,
        vodId,
        showId,
        url,
        status,
        captionsVerified,
        missing,
        version,
        isOlder,
        publishedDate,
        ...more
      }) => ({
        target,
        vodId,
        showId,
        url,
        status,
        captionsVerified,
        missing: [...missing],
        version,
        isOlder,
        areFactsOlder: more.areFactsOlder,
        publishedDate,
        views: more.views,
      }),
    ),
  ),
  publish: os.meeting.publish.handler(async ({ input, context }) => {
    const { station, runtime } = context.services;
    const { id, ...options } = input;
    return { jobId: (await requestPublication(station, runtime.jobService, id, options)).id };
  }),
});
