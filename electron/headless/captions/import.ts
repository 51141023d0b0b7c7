/** `archivist captions import MEETING FILE`: captions that were corrected elsewhere. */
import { basename } from "node:path";
import { findJob } from "../../catalog/repositories/jobs.ts";
import { ArchivistError } from "../../contract/errors.ts";
import { findTranscription } from "../publishing/find-transcription.ts";
import { type QueueOptions, withQueue } from "../queue/open.ts";
import { accountName } from "../terminal/account.ts";
import { counted, printable, printJson, printNotice, printResult } from "../terminal/print.ts";
import { userPath } from "../terminal/user-paths.ts";
import { readFileBytes } from "./caption-file.ts";
import { writeFiles } from "./write-files.ts";

export interface ImportOptions extends QueueOptions {
  readonly acceptLosses?: boolean;
}

export function importCommand(given: string, file: string, options: ImportOptions): Promise<number> {
  const { acceptLosses = false, json } = options;
  return withQueue(options, "captions import", async (station) => {
    const { catalog, runtime, isBeside } = station;
    const row = findTranscription(station, given);
    if (isBeside) {
      throw new ArchivistError("edit.read-only", {
        subject: row.filename,
        cause: "the station is running and may have these captions open",
        remedy: "Import the file in the editor (Import a caption file), or end the station first.",
      });
    }
    const path = userPath(file);
    const bytes = await readFileBytes(path);
    const { format, captions, version, jobId, notes } = await runtime.editing.importFile(row.id, {
      file: { name: basename(path), bytes },
      by: { name: accountName(), userId: 0 },
      acceptLosses,
    });
    await writeFiles(station, jobId === null ? [] : [jobId]);
    const job = jobId === null ? undefined : findJob(catalog, jobId);
    const files = job?.state ?? (version === null ? "unchanged" : "not written: the queue is full");
    if (json) {
      printJson({ transcription_id: row.id, format, captions, version, job_id: jobId, files, notes });
    } else {
      for (const note of notes) printNotice(printable(note));
      const what = version === null ? "the captions are these already" : `version ${version} has them`;
      printResult(printable(`${row.filename}: ${counted(captions, "caption")} read, ${what}; files: ${files}`));
      if (job?.state === "failed") printNotice(printable(`${job.errorMessage ?? ""}. ${job.errorRemedy ?? ""}`));
    }
    return version === null || job?.state === "completed" ? 0 : 1;
  });
}
