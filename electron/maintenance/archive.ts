/** Archives recordings that a user has chosen, through the queue. */
import { findLibraryRow } from "../catalog/repositories/library.ts";
import { findShareFileByPath } from "../catalog/repositories/share-files.ts";
import { ArchivistError } from "../contract/errors.ts";
import type { JobService } from "../queue/job-service.ts";
import type { ShareMonitor } from "../shares/health/monitor.ts";
import { findShareOfPath } from "../shares/which-share.ts";
import type { StationServices } from "../station-services.ts";
import { planMoves } from "./life-cycle.ts";

export interface ArchiveDeps {
  readonly services: StationServices;
  readonly monitor: ShareMonitor;
  readonly jobService: JobService;
}

/** The result for each: the id of the job that moves it, or the error that prevents it. */
export type ArchiveResult = ReadonlyMap<string, string | ArchivistError>;

/** @param transcriptionIds of the meetings whose recordings are archived. @throws ArchivistError `queue.full` */
export async function archiveFiles(deps: ArchiveDeps, transcriptionIds: readonly string[]): Promise<ArchiveResult> {
  const { services, monitor, jobService } = deps;
  const results = new Map<string, string | ArchivistError>();
  const files = new Map<string, number>();
  for (const id of transcriptionIds) {
    const file = findArchivableFile(services, id);
    if (file instanceof ArchivistError) results.set(id, file);
    else files.set(id, file);
  }
  const { moves, refused } = await planMoves({ services, monitor, chosen: [...files.values()] });
  const reasons = new Map(refused.map(({ recording, reason }) => [recording.fileId, reason]));
  const chosen = moves.map(({ recording }) => recording.fileId);
  const title = chosen.length === 1 ? "Moving a recording into the archive" : `Moving ${chosen.length} recordings`;
  const job =
    chosen.length === 0
      ? undefined
      : jobService.submit({ type: "maintenance", title, payload: { tasks: ["archive"], chosen } }).job;
  for (const [id, file] of files) {
    const isMoved = job !== undefined && chosen.includes(file);
    const cause = reasons.get(file) ?? "it is not ready to be moved";
    const subject = findLibraryRow(services.catalog, id)?.filename ?? id;
    results.set(id, isMoved ? job.id : new ArchivistError("archive.refused", { subject, cause }));
  }
  return results;
}

function findArchivableFile({ catalog, settings }: StationServices, id: string): number | ArchivistError {
  const row = findLibraryRow(catalog, id);
  if (row === undefined) return new ArchivistError("meeting.unknown", { subject: id });
  const held = findShareOfPath(settings.shares.servers, row.filePath);
  const file = held && findShareFileByPath(catalog, held.share.label, held.below);
  if (file !== undefined) return file.id;
  const cause = held === undefined ? "it lies on no share" : "its share has not been looked through yet";
  return new ArchivistError("archive.refused", { subject: row.filename, cause });
}
