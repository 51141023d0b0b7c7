/** `archivist meetings find | edit | delete | deleted | restore` */
import { findLibraryRow, type LibraryRow, listLibrary } from "../../catalog/repositories/library.ts";
import { type FoundPlace, findMeetings } from "../../catalog/repositories/meeting-details.ts";
import { findText } from "../../catalog/repositories/meeting-text.ts";
import { requirePublishable } from "../../catalog/repositories/publishing.ts";
import { ArchivistError, toArchivistError } from "../../contract/errors.ts";
import { meetingFactNames } from "../../contract/meeting-facts.ts";
import { hitEnd, hitStart } from "../../contract/terms.ts";
import { changeFacts, parseFactChanges } from "../../meetings/change-facts.ts";
import {
  type DeletionPreview,
  deleteMeeting,
  listRestorable,
  previewDeletion,
  restoreMeeting,
} from "../../meetings/deletion.ts";
import { toDay } from "../../platform/calendar.ts";
import { type QueueOptions, withQueue } from "../queue/open.ts";
import { accountName } from "../terminal/account.ts";
import { counted, errorJson, errorLine, printable, printJson, printNotice, printResult } from "../terminal/print.ts";
import { table } from "../terminal/table.ts";
import { formatClock } from "../terminal/times.ts";
import { toDeps } from "./deps.ts";
import { describeField } from "./show.ts";

/** Runs an action for each meeting; a failure of one does not stop the others. @returns the exit code */
async function withEach(
  ids: readonly string[],
  options: QueueOptions,
  act: (id: string) => Promise<Readonly<Record<string, unknown>>>,
): Promise<number> {
  const results: unknown[] = [];
  let failures = 0;
  for (const id of ids) {
    try {
      results.push(await act(id));
    } catch (thrown) {
      const error = toArchivistError(thrown);
      if (error.code === "interrupted") throw error;
      failures++;
      results.push({ transcription_id: id, status: "failed", error: errorJson(error) });
      printNotice(errorLine(error.subject === undefined ? error.about(id) : error));
    }
  }
  if (options.json) printJson({ results });
  return failures > 0 ? 1 : 0;
}

export interface FindOptions extends QueueOptions {
  readonly limit?: number;
}

const plain = (context: string): string => context.replaceAll(hitStart, "").replaceAll(hitEnd, "");

export function findCommand(words: readonly string[], options: FindOptions): Promise<number> {
  return withQueue(options, "meetings find", ({ catalog }) => {
    const limit = options.limit ?? 50;
    if (words.length === 0) {
      const { total, rows } = listLibrary(catalog, { sort: "completed", descending: true, limit, offset: 0 });
      if (options.json) printJson({ total, meetings: rows.map(rowJson) });
      else if (rows.length === 0) printResult("There are no meetings yet.");
      else printResult(table(["meeting", "date", "city", "title"], rows.map(rowCells)));
      return 0;
    }
    const text = words.join(" ");
    const found = findMeetings(catalog, text, limit);
    const { hits, total } = findText(catalog, text, limit, 0);
    const meetings = found.meetings.flatMap(({ transcriptionId, places }) => {
      const row = findLibraryRow(catalog, transcriptionId);
      return row === undefined ? [] : [{ row, places }];
    });
    if (options.json) {
      const toPlace = ({ field, startMs, context }: FoundPlace) => ({ field, start_ms: startMs, text: plain(context) });
      printJson({
        total_meetings: found.total,
        meetings: meetings.map(({ row, places }) => ({ ...rowJson(row), places: places.map(toPlace) })),
        total_captions: total,
        captions: hits.map(({ transcriptionId, startMs, context }) => ({
          transcription_id: transcriptionId,
          start_ms: startMs,
          text: plain(context),
        })),
      });
      return 0;
    }
    for (const { row, places } of meetings) {
      printResult(printable(rowCells(row).filter(Boolean).join("  ")));
      for (const { field, context } of places) printResult(printable(`  ${field}: ${plain(context)}`));
    }
    for (const { transcriptionId, filename, title, startMs, context } of hits) {
      const place = `${transcriptionId.slice(0, 8)}  ${formatClock(startMs)}  ${title ?? filename}`;
      printResult(printable(`${place}\n  caption: ${plain(context)}`));
    }
    if (meetings.length + hits.length === 0) printResult("Nothing has all of these words.");
    return 0;
  });
}

const rowJson = ({ id, filename, meetingTitle, meetingDate, meetingType, city, tags, status }: LibraryRow) => ({
  transcription_id: id,
  recording: filename,
  title: meetingTitle,
  date: meetingDate,
  type: meetingType,
  city,
  tags,
  status,
});

const rowCells = ({ id, meetingDate, city, meetingTitle, filename }: LibraryRow): readonly string[] => [
  id.slice(0, 8),
  meetingDate ?? "no date",
  city ?? "",
  meetingTitle ?? filename,
];

/** Options as commander returns them: one that begins with `no-` is false where it is given, else true or a value. */
export interface EditOptions extends QueueOptions {
  readonly title?: string;
  readonly fileTitle?: boolean;
  readonly date?: string | boolean;
  readonly type?: string | boolean;
  readonly city?: string | boolean;
  readonly description?: string | boolean;
  readonly tags?: readonly string[] | boolean;
  readonly addTags?: readonly string[];
  readonly removeTags?: readonly string[];
  readonly people?: readonly string[];
}

/** A value; null where its `no-` option is given; undefined where neither is. */
const orNull = <T>(value: T | boolean | undefined): T | null | undefined =>
  value === false ? null : value === true ? undefined : value;

export function editCommand(ids: readonly string[], options: EditOptions): Promise<number> {
  const given = {
    title: options.fileTitle ? null : options.title,
    date: orNull(options.date),
    type: orNull(options.type),
    city: orNull(options.city),
    description: orNull(options.description),
    tags: orNull(options.tags),
    addTags: options.addTags,
    removeTags: options.removeTags,
    people: options.people,
  };
  const changes = parseFactChanges(
    Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  );
  if (Object.keys(changes).length === 0) {
    throw new ArchivistError("usage.invalid", {
      cause: "no change is named",
      remedy: `Name one of ${meetingFactNames.map((name) => `--${name}`).join(", ")}.`,
    });
  }
  return withQueue(options, "meetings edit", (station) =>
    withEach(ids, options, async (id) => {
      const { id: whole, filename } = requirePublishable(station.catalog, id);
      const outcome = await changeFacts(toDeps(station), whole, changes, accountName());
      if (!options.json) {
        const lines = outcome.fields.map((field) => `  ${describeField(field)}`);
        printResult(printable(`${filename}: ${lines.length === 0 ? "nothing differs" : "changed"}`));
        for (const line of lines) printResult(printable(line));
        if (outcome.exportJobId !== undefined) {
          printResult(`  its files are written anew (job ${outcome.exportJobId.slice(0, 8)})`);
        }
        if (outcome.isPublicationOlder) printResult("  what viewers get is older until it is published again");
      }
      return {
        transcription_id: whole,
        status: outcome.fields.length === 0 ? "unchanged" : "changed",
        changed: outcome.fields,
        export_job_id: outcome.exportJobId ?? null,
        publish_job_ids: outcome.publishJobIds,
        publication_is_older: outcome.isPublicationOlder,
      };
    }),
  );
}

export interface DeleteOptions extends QueueOptions {
  readonly dryRun?: boolean;
}

export function deleteCommand(ids: readonly string[], options: DeleteOptions): Promise<number> {
  return withQueue(options, "meetings delete", (station) =>
    withEach(ids, options, async (id) => {
      const preview = await previewDeletion(toDeps(station), id);
      if (!options.dryRun) deleteMeeting(toDeps(station), preview.id, accountName());
      if (!options.json) printPreview(preview, options.dryRun === true);
      return { status: options.dryRun ? "would be deleted" : "deleted", ...previewJson(preview) };
    }),
  );
}

const previewJson = ({
  id,
  filename,
  title,
  filePath,
  versions,
  captions,
  edits,
  files,
  ...rest
}: DeletionPreview) => ({
  transcription_id: id,
  recording: filename,
  title,
  path: filePath,
  recording_is_there: rest.isRecordingThere,
  versions,
  captions,
  edits,
  files,
  open_jobs: rest.openJobs,
  is_published: rest.isPublished,
});

function printPreview(preview: DeletionPreview, isDryRun: boolean): void {
  const { id, title, filename, filePath, versions, captions, edits, files, openJobs, isPublished } = preview;
  printResult(printable(`${title ?? filename} (${id.slice(0, 8)}): ${isDryRun ? "would be deleted" : "deleted"}`));
  const words = [counted(captions, "caption"), counted(versions, "version"), counted(edits, "edit")].join(", ");
  printResult(`  ${words}; to be restored for thirty days`);
  printResult(`  ${counted(files, "file")}, removed after thirty days where nobody has changed them`);
  printResult(printable(`  the recording stays: ${filePath}`));
  if (openJobs > 0) printResult(`  ${counted(openJobs, "job")} cancelled`);
  if (isPublished) printResult("  what was published stays on the server");
}

export function deletedCommand(options: QueueOptions): Promise<number> {
  return withQueue(options, "meetings deleted", (station) => {
    const rows = listRestorable(toDeps(station));
    if (options.json) {
      printJson({
        meetings: rows.map(({ id, filename, title, city, date, deletedDate, deletedBy, goneDate }) => ({
          transcription_id: id,
          recording: filename,
          title,
          city,
          date,
          deleted_date: deletedDate,
          deleted_by: deletedBy,
          gone_date: goneDate,
        })),
      });
    } else if (rows.length === 0) printResult("Nothing was deleted in the last thirty days.");
    else {
      const cells = rows.map(({ id, title, filename, deletedDate, deletedBy, goneDate }) => [
        id.slice(0, 8),
        toDay(new Date(deletedDate), station.settings.schedules.timeZone),
        deletedBy,
        toDay(new Date(goneDate), station.settings.schedules.timeZone),
        title ?? filename,
      ]);
      printResult(table(["meeting", "deleted", "by", "gone on", "title"], cells));
    }
    return 0;
  });
}

export function restoreCommand(ids: readonly string[], options: QueueOptions): Promise<number> {
  return withQueue(options, "meetings restore", (station) =>
    withEach(ids, options, async (id) => {
      const { id: whole, filename, title } = restoreMeeting(toDeps(station), id, accountName());
      if (!options.json) printResult(printable(`${title ?? filename}: restored.`));
      return { transcription_id: whole, status: "restored" };
    }),
  );
}
