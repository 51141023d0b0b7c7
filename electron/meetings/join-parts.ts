/** Joins the parts of one meeting: recorders divide at 4 GB or at a recess. */

import { type PublishableRow, requirePublishable } from "../catalog/repositories/publishing.ts";
import { decodedLength } from "../catalog/repositories/recordings.ts";
import { ArchivistError } from "../contract/errors.ts";
import { priorities } from "../contract/jobs.ts";
import { pathExists } from "../platform/path-exists.ts";
import type { MeetingDeps } from "./change-facts.ts";

/** A part of a meeting, as it would be joined. */
export interface PlannedPart {
  readonly id: string;
  readonly filename: string;
  readonly title: string | null;
  readonly date: string | null;
  readonly city: string | null;
  readonly durationMs: number;
  /** Why it cannot be joined; null: it can. */
  readonly obstacle: string | null;
}

const byName = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

async function findObstacle({ editing }: Pick<MeetingDeps, "editing">, row: PublishableRow): Promise<string | null> {
  if (row.status !== "completed" && row.status !== "needs_review") return `its transcription is ${row.status}`;
  if (editing.isInWindow(row.id)) return "somebody has its captions open";
  const isThere = await pathExists(row.filePath).catch(() => false);
  return isThere ? null : "its recording is not where it was";
}

/**
 * The parts in the order in which their recordings are named.
 * @throws ArchivistError `meeting.unknown`
 */
export async function planJoin(deps: MeetingDeps, ids: readonly string[]): Promise<readonly PlannedPart[]> {
  const { catalog } = deps.station;
  const rows = new Map(ids.map((id) => requirePublishable(catalog, id)).map((row) => [row.id, row]));
  const parts: PlannedPart[] = [];
  for (const row of [...rows.values()].toSorted((a, b) => byName.compare(a.filename, b.filename))) {
    const { id, filename, meetingTitle: title, meetingDate: date, city } = row;
    const durationMs = Math.round(decodedLength(catalog, row.recordingId)?.durationMs ?? row.durationMs ?? 0);
    parts.push({ id, filename, title, date, city, durationMs, obstacle: await findObstacle(deps, row) });
  }
  return parts;
}

/**
 * Puts the joining of parts into the queue: one recording is made of them, and what was corrected and accepted is carried over.
 * @param ids in the order in which they follow one another
 * @throws ArchivistError `meeting.unknown`, `meeting.not-joinable`, `queue.full`
 */
export async function requestJoin(deps: MeetingDeps, ids: readonly string[], by: string): Promise<string> {
  const { catalog } = deps.station;
  const rows = ids.map((id) => requirePublishable(catalog, id));
  const whole = rows.map(({ id }) => id);
  if (new Set(whole).size < 2 || new Set(whole).size < whole.length) {
    throw new ArchivistError("meeting.not-joinable", { cause: "at least two different meetings are needed" });
  }
  for (const { filename, obstacle } of await planJoin(deps, whole)) {
    if (obstacle !== null) throw new ArchivistError("meeting.not-joinable", { subject: filename, cause: obstacle });
  }
  const [first] = rows;
  const { job } = deps.jobService.submit({
    type: "join",
    title: `Join ${rows.length} parts: ${first?.meetingTitle ?? first?.filename ?? ""}`,
    payload: { parts: whole, by },
    priority: priorities.highest,
    dedupeKey: `join:${whole.join(":")}`,
    city: first?.city ?? undefined,
    durationMs: rows.reduce((sum, { durationMs }) => sum + (durationMs ?? 0), 0),
  });
  return job.id;
}
