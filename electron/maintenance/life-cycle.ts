/** Moves old recordings to the secondary and archive shares: planning and execution. */
import { dirname, join } from "node:path";
import { dayMs } from "../captions/time/durations.ts";
import { findReference, getRecordingStanding } from "../catalog/repositories/recording-standing.ts";
import { findRecordingByPath } from "../catalog/repositories/recordings.ts";
import {
  findShareFile,
  listShareFiles,
  moveShareFile,
  type ShareFileRow,
} from "../catalog/repositories/share-files.ts";
import { ArchivistError, toArchivistError } from "../contract/errors.ts";
import { toAbsolutePath } from "../intake/enqueue.ts";
import { isInQueue } from "../intake/transcription-job.ts";
import { globs } from "../shares/discovery/globs.ts";
import type { ShareMonitor } from "../shares/health/monitor.ts";
import { requireInsideShare } from "../shares/inside-share.ts";
import { finishMoves, moveRecording } from "../shares/life-cycle/move.ts";
import {
  type AgeingRecording,
  type LifeCyclePlan,
  type PlannedMove,
  planLifeCycle,
} from "../shares/life-cycle/plan.ts";
import type { StationServices } from "../station-services.ts";

export interface LifeCycleDeps {
  readonly services: StationServices;
  readonly monitor: ShareMonitor;
  readonly signal?: AbortSignal | undefined;
  /** Row ids of files that a user has chosen: these are archived immediately. Undefined: all files, by age. */
  readonly chosen?: readonly number[] | undefined;
}

/** Plans the moves that are due now, without changing anything. */
export async function planMoves(deps: LifeCycleDeps): Promise<LifeCyclePlan> {
  const { services, monitor, chosen } = deps;
  await monitor.checkAll();
  const known = listShareFiles(services.catalog, { states: ["done", "known", "refused"] });
  return planFor(deps, chosen === undefined ? known : known.filter(({ id }) => chosen.includes(id)));
}

function planFor({ services, monitor, chosen }: LifeCycleDeps, files: readonly ShareFileRow[]): LifeCyclePlan {
  const { settings, clock } = services;
  const now = clock.now().getTime();
  const recordings = files.flatMap((file) => toAgeingRecording(services, file, now) ?? []);
  return planLifeCycle({
    recordings,
    shares: settings.shares.servers,
    cities: settings.cities.members,
    rules: settings.lifeCycle,
    isByHand: chosen !== undefined,
    getRoom: (label) => {
      const health = monitor.getLatest(label);
      return health && { isReady: health.isReadable && health.isWritable, freeBytes: health.freeBytes ?? 0 };
    },
  });
}

function toAgeingRecording(
  { catalog, settings }: StationServices,
  file: ShareFileRow,
  now: number,
): AgeingRecording | undefined {
  const path = toAbsolutePath(settings.shares.servers, file);
  if (path === undefined) return undefined;
  const name = file.path.slice(file.path.lastIndexOf("/") + 1);
  // A recording that was processed without the scanner is found by its path.
  const fingerprint = file.fingerprint ?? findRecordingByPath(catalog, path)?.fingerprint;
  const standing = fingerprint === undefined ? undefined : getRecordingStanding(catalog, fingerprint);
  const reference = findReference(catalog, name);
  return {
    fileId: file.id,
    share: file.share,
    path: file.path,
    size: file.size,
    ageDays: (now - file.modifiedMs) / dayMs,
    city: file.city ?? undefined,
    isPublished: standing?.isPublished ?? false,
    isBeingEdited: standing?.isBeingEdited ?? false,
    isInWork: isInQueue(catalog, path) || (standing?.isBeingTranscribed ?? false),
    reference: reference && `${reference.kind} ${reference.cablecastId}`,
  };
}

export interface MoveResults {
  readonly moved: number;
  readonly failed: readonly { readonly path: string; readonly reason: string }[];
  readonly refused: LifeCyclePlan["refused"];
}

/** Executes the planned moves. A file that fails stays where it is, and the others continue. */
export async function runMoves(deps: LifeCycleDeps): Promise<MoveResults> {
  const { services, signal } = deps;
  const { catalog, logger } = services;
  await finishMoves({ catalog });
  const plan = await planMoves(deps);
  const refused = [...plan.refused];
  const failed: { path: string; reason: string }[] = [];
  let moved = 0;
  for (const { recording } of plan.moves) {
    if (signal?.aborted) throw new ArchivistError("interrupted");
    // Check again, because hours may have passed since the plan: a user may be editing, or a job may have started.
    const file = findShareFile(catalog, recording.fileId);
    const now = file && planFor(deps, [file]);
    const [move] = now?.moves ?? [];
    if (file === undefined || move === undefined) {
      refused.push(...(now?.refused ?? []));
      continue;
    }
    const source = join(move.from.path, ...file.path.split("/"));
    try {
      await runMove(deps, file, move);
      moved++;
      logger.info("a recording was moved", { from: source, to: move.to.label });
    } catch (thrown) {
      const error = toArchivistError(thrown);
      if (error.code === "interrupted") throw error;
      failed.push({ path: source, reason: `${error.reason}. ${error.remedy}` });
      logger.warn("a recording could not be moved", { path: source, code: error.code, error });
    }
  }
  return { moved, failed, refused };
}

async function runMove(
  { services, signal }: LifeCycleDeps,
  file: ShareFileRow,
  { from, to }: PlannedMove,
): Promise<void> {
  const { catalog, lanes, clock, settings } = services;
  const segments = file.path.split("/");
  const source = join(from.path, ...segments);
  const target = join(to.path, ...segments.slice(0, -1));
  const isRecording = globs(settings.intake.include);
  await lanes.run("disk", signal, async () => {
    // What a link leads to is neither archived nor removed, and nothing goes to where one leads.
    for (const folder of [dirname(source), target]) await requireInsideShare(settings.shares.servers, folder);
    await moveRecording({ catalog, signal }, source, target, isRecording);
  });
  // The file's row moves along, with everything known about it.
  moveShareFile(catalog, file, to.label, clock.now().toISOString());
}
