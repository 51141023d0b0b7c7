/** Everything that has been transcribed, and what was said in it. */
import { type LibraryRow, libraryCities, listLibrary } from "../../catalog/repositories/library.ts";
import { findText } from "../../catalog/repositories/meeting-text.ts";
import { publishableByPrefix } from "../../catalog/repositories/publishing.ts";
import type { Problem } from "../../contract/api/base.ts";
import type { MeetingRow } from "../../contract/api/library.ts";
import { ArchivistError, toArchivistError } from "../../contract/errors.ts";
import { recordingJob } from "../../intake/transcription-job.ts";
import { archiveChosen } from "../../maintenance/archive.ts";
import { submitPublication } from "../../publishing/auto-publish.ts";
import { requireOpenGate } from "../../publishing/publish-checks.ts";
import { problemOf } from "../errors.ts";
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

/** Does something with each; what goes wrong with one does not keep the others from it. */
function withEach(ids: readonly string[], act: (id: string) => string): Result[] {
  return ids.map((id) => {
    try {
      return { id, jobId: act(id), problem: null };
    } catch (thrown) {
      return { id, jobId: null, problem: problemOf(toArchivistError(thrown)) };
    }
  });
}

export const library = os.library.router({
  list: os.library.list.handler(({ input, context }) => {
    const { catalog } = context.parts.workshop;
    const { total, rows } = listLibrary(catalog, input);
    return { total, meetings: rows.map(meetingRow), cities: [...libraryCities(catalog)] };
  }),
  find: os.library.find.handler(({ input, context }) => {
    const { hits, total } = findText(context.parts.workshop.catalog, input.text, input.limit, input.offset);
    return { hits: [...hits], total };
  }),
  publish: os.library.publish.handler(({ input, context }) => {
    const { workshop, operation } = context.parts;
    return withEach(input.ids, (id) => {
      const [row] = publishableByPrefix(workshop.catalog, id);
      if (row === undefined) throw new ArchivistError("meeting.unknown", { subject: id });
      requireOpenGate(workshop, row);
      return submitPublication(operation.desk, row).job.id;
    });
  }),
  archive: os.library.archive.handler(async ({ input, context }) => {
    const { workshop, operation } = context.parts;
    const { monitor, desk } = operation;
    const results = await archiveChosen({ workshop, monitor, desk }, input.ids);
    return [...results].map(([id, result]) =>
      typeof result === "string"
        ? { id, jobId: result, problem: null }
        : { id, jobId: null, problem: problemOf(result) },
    );
  }),
  reexport: os.library.reexport.handler(({ input, context }) => {
    const { workshop, operation } = context.parts;
    return withEach(input.ids, (id) => {
      const [row] = publishableByPrefix(workshop.catalog, id);
      if (row === undefined) throw new ArchivistError("meeting.unknown", { subject: id });
      // Its steps are done: only the files are written again.
      const wish = {
        path: row.filePath,
        modifiedMs: row.modifiedMs,
        now: workshop.clock.now(),
        city: row.city ?? undefined,
      };
      return operation.desk.submit(recordingJob(workshop.settings, wish)).job.id;
    });
  }),
});
