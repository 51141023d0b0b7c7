/** Procedures for the library: transcribed meetings, and search in their text. */
import {
  findLibraryRow,
  type LibraryRow,
  libraryCities,
  libraryTags,
  listLibrary,
} from "../../catalog/repositories/library.ts";
import { findMeetings } from "../../catalog/repositories/meeting-details.ts";
import { findText } from "../../catalog/repositories/meeting-text.ts";
import { requirePublishable } from "../../catalog/repositories/publishing.ts";
import type { Problem } from "../../contract/api/base.ts";
import type { MeetingRow } from "../../contract/api/library.ts";
import { toArchivistError } from "../../contract/errors.ts";
import { submitExport } from "../../editing/export/submit-export.ts";
import { archiveFiles } from "../../maintenance/archive.ts";
import { changeFacts, type MeetingDeps } from "../../meetings/change-facts.ts";
import { deleteMeeting, listRestorable, previewDeletion, restoreMeeting } from "../../meetings/deletion.ts";
import { planJoin, requestJoin } from "../../meetings/join-parts.ts";
import { planPublications, submitPublications } from "../../publishing/publish-many.ts";
import type { ApiServices } from "../context.ts";
import { toProblem } from "../errors.ts";
import { os } from "../implement.ts";

export function meetingRow(row: LibraryRow): MeetingRow {
  const {
    id,
    recordingId,
    filename,
    meetingTitle,
    meetingType,
    tags,
    city,
    meetingDate,
    durationMs,
    status,
    retryDate,
    score,
    openErrors,
    openWarnings,
  } = row;
  const { isApproved, vodStatus, captionsVerified, model, createdDate, completedDate } = row;
  return {
    id,
    recordingId,
    filename,
    title: meetingTitle,
    type: meetingType,
    tags: [...tags],
    city,
    date: meetingDate,
    durationMs,
    status,
    retryDate,
    score,
    openErrors,
    openWarnings,
    isApproved,
    vodStatus,
    captionsVerified,
    model,
    createdDate,
    completedDate,
  };
}

export const meetingDeps = ({ station, runtime, editing }: ApiServices): MeetingDeps => ({
  station,
  jobService: runtime.jobService,
  editing,
});

/** At most so many meetings are shown above the captions. */
const maxFoundMeetings = 50;

interface Result {
  readonly id: string;
  readonly jobId: string | null;
  readonly problem: Problem | null;
}

/** Runs an action for each id, one after another; a failure of one does not stop the others. */
async function withEach(
  ids: readonly string[],
  act: (id: string) => string | null | Promise<string | null>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const id of ids) {
    try {
      results.push({ id, jobId: await act(id), problem: null });
    } catch (thrown) {
      results.push({ id, jobId: null, problem: toProblem(toArchivistError(thrown)) });
    }
  }
  return results;
}

export const library = os.library.router({
  list: os.library.list.handler(({ input, context }) => {
    const { catalog } = context.services.station;
    const { total, rows } = listLibrary(catalog, input);
    return {
      total,
      meetings: rows.map(meetingRow),
      cities: [...libraryCities(catalog)],
      tags: [...libraryTags(catalog)],
    };
  }),
  find: os.library.find.handler(({ input, context }) => {
    const { catalog } = context.services.station;
    const { hits, total } = findText(catalog, input.text, input.limit, input.offset);
    const found = findMeetings(catalog, input.text, input.offset === 0 ? maxFoundMeetings : 0);
    const meetings = found.meetings.flatMap(({ transcriptionId, places }) => {
      const row = findLibraryRow(catalog, transcriptionId);
      if (row === undefined) return [];
      const { id, filename, meetingTitle: title, city, meetingDate: date } = row;
      return [{ id, filename, title, city, date, places: places.map(({ text: _, ...place }) => place) }];
    });
    return { hits: [...hits], total, meetings, totalMeetings: found.total };
  }),
  edit: os.library.edit.handler(async ({ input, context }) => {
    const by = context.person()?.username ?? "";
    const results: Result[] = [];
    for (const id of input.ids) {
      try {
        const { exportJobId } = await changeFacts(meetingDeps(context.services), id, input.changes, by);
        results.push({ id, jobId: exportJobId ?? null, problem: null });
      } catch (thrown) {
        results.push({ id, jobId: null, problem: toProblem(toArchivistError(thrown)) });
      }
    }
    return results;
  }),
  previewDeletion: os.library.previewDeletion.handler(async ({ input, context }) => {
    const { station } = context.services;
    const previews = [];
    for (const id of input.ids) {
      const { filePath: path, recordingId: _, ...preview } = await previewDeletion({ station }, id);
      previews.push({ ...preview, path });
    }
    return previews;
  }),
  planJoin: os.library.planJoin.handler(async ({ input, context }) => [
    ...(await planJoin(meetingDeps(context.services), input.ids)),
  ]),
  join: os.library.join.handler(async ({ input, context }) => ({
    jobId: await requestJoin(meetingDeps(context.services), input.ids, context.person()?.username ?? ""),
  })),
  remove: os.library.remove.handler(({ input, context }) => {
    const by = context.person()?.username ?? "";
    return withEach(input.ids, (id) => {
      deleteMeeting(meetingDeps(context.services), id, by);
      return null;
    });
  }),
  listDeleted: os.library.listDeleted.handler(({ context }) =>
    listRestorable(context.services).map(({ filePath: path, recordingId: _, ...row }) => ({ ...row, path })),
  ),
  restore: os.library.restore.handler(({ input, context }) => {
    const by = context.person()?.username ?? "";
    return withEach(input.ids, (id) => {
      restoreMeeting(context.services, id, by);
      return null;
    });
  }),
  previewPublish: os.library.previewPublish.handler(({ input: { ids, ...options }, context }) => ({
    meetings: planPublications(context.services.station, ids, options).map(({ reasons, ...plan }) => ({
      ...plan,
      reasons: [...reasons],
    })),
  })),
  publish: os.library.publish.handler(async ({ input: { ids, ...options }, context }) => {
    const { station, runtime } = context.services;
    const submitted = await submitPublications(station, runtime.jobService, ids, options);
    return submitted.map(({ plan: { id }, jobId, error }) => ({
      id,
      jobId: jobId ?? null,
      problem: error === undefined ? null : toProblem(error),
    }));
  }),
  archive: os.library.archive.handler(async ({ input, context }) => {
    const { station, runtime } = context.services;
    const { monitor, jobService } = runtime;
    const results = await archiveFiles({ services: station, monitor, jobService }, input.ids);
    return [...results].map(([id, result]) =>
      typeof result === "string"
        ? { id, jobId: result, problem: null }
        : { id, jobId: null, problem: toProblem(result) },
    );
  }),
  approve: os.library.approve.handler(({ input: { ids, ...request }, context }) => {
    const person = context.person();
    const by = { name: person?.username ?? "", userId: person?.id ?? 0 };
    const { editing } = context.services;
    return withEach(ids, async (id) => (await editing.approve(id, { ...request, by })).jobId ?? null);
  }),
  reexport: os.library.reexport.handler(({ input, context }) => {
    const { station, runtime } = context.services;
    const deps = { services: station, jobService: runtime.jobService };
    return withEach(input.ids, (id) => submitExport(deps, requirePublishable(station.catalog, id)).job.id);
  }),
});
