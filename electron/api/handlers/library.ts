/** Procedures for the library: transcribed meetings, and search in their text. */
import { type LibraryRow, libraryCities, listLibrary } from "../../catalog/repositories/library.ts";
import { findText } from "../../catalog/repositories/meeting-text.ts";
import { requirePublishable } from "../../catalog/repositories/publishing.ts";
import type { Problem } from "../../contract/api/base.ts";
import type { MeetingRow } from "../../contract/api/library.ts";
import { toArchivistError } from "../../contract/errors.ts";
import { submitExport } from "../../editing/export/submit-export.ts";
import { archiveFiles } from "../../maintenance/archive.ts";
import { planPublications, submitPublications } from "../../publishing/publish-many.ts";
import { toProblem } from "../errors.ts";
import { os } from "../implement.ts";

export function meetingRow(row: LibraryRow): MeetingRow {
  const { id, recordingId, filename, city, meetingDate, durationMs, status, score, openErrors, openWarnings } = row;
  const { isApproved, vodStatus, captionsVerified, model, createdDate, completedDate } = row;
  return {
    id,
    recordingId,
    filename,
    city,
    date: meetingDate,
    durationMs,
    status,
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
    return { total, meetings: rows.map(meetingRow), cities: [...libraryCities(catalog)] };
  }),
  find: os.library.find.handler(({ input, context }) => {
    const { hits, total } = findText(context.services.station.catalog, input.text, input.limit, input.offset);
    return { hits: [...hits], total };
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
