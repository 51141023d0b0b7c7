/**
 * Inspects files that have settled: complete recordings become ready, copies and renamed files are recognized as such,
 * partly copied files keep waiting, and files that are not recordings are refused with a reason.
 */
import { join } from "node:path";
import { isDismissed } from "../catalog/repositories/deleted-meetings.ts";
import {
  changeShareFiles,
  listSameContent,
  listShareFiles,
  type ShareFileChange,
  type ShareFileRow,
} from "../catalog/repositories/share-files.ts";
import { finishedWorkOn } from "../catalog/repositories/transcriptions.ts";
import { type ArchivistError, toArchivistError } from "../contract/errors.ts";
import type { ShareSettings } from "../contract/settings/shares.ts";
import { probe as probeRecording } from "../media/probe.ts";
import { settle } from "../shares/discovery/settle.ts";
import type { ShareProbe } from "../shares/share-probe.ts";
import type { StationServices } from "../station-services.ts";
import { toAbsolutePath } from "./enqueue.ts";
import { isInQueue } from "./transcription-job.ts";

export interface InspectShareOptions {
  readonly services: StationServices;
  readonly probe: ShareProbe;
  readonly share: ShareSettings;
  readonly signal?: AbortSignal | undefined;
}

/** Inspects every settled file of a share. @returns Number of recordings that became ready */
export async function inspectShare(deps: InspectShareOptions): Promise<number> {
  const { services, share, signal } = deps;
  const { catalog, settings, clock } = services;
  const rules = settings.intake;
  let ready = 0;
  const files = listShareFiles(catalog, { states: ["new"], share: share.label, settledPolls: rules.stablePolls });
  for (const file of files) {
    if (signal?.aborted) break;
    if (!settle(file, file.stablePolls, file, clock.now().getTime(), rules).isSettled) continue;
    const change = await inspectFile(deps, file);
    changeShareFiles(catalog, [{ id: file.id, change }]);
    if (change.state === "ready") ready++;
  }
  return ready;
}

/**
 * True for errors caused by the recording itself. All others may be gone the next time: a file still being copied, a
 * share that hangs, a missing program, a missing permission.
 */
function isItsOwnFault({ code }: ArchivistError): boolean {
  return (code.startsWith("media.") && code !== "media.truncated") || code === "file.too-large";
}

/** Inspects one file, regardless of its state. */
export async function inspectFile(deps: InspectShareOptions, file: ShareFileRow): Promise<ShareFileChange> {
  const { services, probe, share, signal } = deps;
  const path = join(share.path, ...file.path.split("/"));
  try {
    const { ffprobe } = await services.mediaTools();
    const { hash } = await probe.fingerprint(path, file.size, signal);
    const probeFile = () => probeRecording(ffprobe, path, services.settings.media, signal);
    // Last in the lane, after all running jobs: a new file is not urgent.
    const { durationMs } = await services.lanes.run("disk", signal, probeFile, Number.MAX_SAFE_INTEGER);
    const known = { fingerprint: hash, durationMs: durationMs ?? null, reason: null };
    return { ...known, ...decideState(deps, file, hash) };
  } catch (thrown) {
    const error = toArchivistError(thrown);
    if (!isItsOwnFault(error)) return { stablePolls: 0, reason: `${error.reason}; it is looked at again` };
    services.logger.info("a file on a share is not taken", { path, code: error.code });
    return { state: "refused", reason: `${error.reason}. ${error.remedy}` };
  }
}

/** Decides the state of a complete file: ready, or the same recording as a known one. */
function decideState({ services }: InspectShareOptions, file: ShareFileRow, fingerprint: string): ShareFileChange {
  const { catalog, settings } = services;
  const others = listSameContent(catalog, fingerprint, file.id);
  const working = others.find(({ state }) => state === "queued" || state === "ready");
  if (working !== undefined)
    return { state: "done", reason: `the same recording as ${working.share}: ${working.path}` };
  const moved = others.find((other) => {
    const path = toAbsolutePath(settings.shares.servers, other);
    return other.state === "vanished" && path !== undefined && isInQueue(catalog, path);
  });
  if (moved !== undefined)
    return { state: "done", reason: `its job is in the queue; it was ${moved.share}: ${moved.path}` };
  if (isDismissed(catalog, fingerprint)) return { state: "done", reason: "its meeting was deleted" };
  if (finishedWorkOn(catalog, fingerprint)) {
    const before = others.find(({ state }) => state === "done" || state === "vanished");
    const name = before === undefined ? "" : ` (it was ${before.share}: ${before.path})`;
    return { state: "done", reason: `this recording is done already${name}` };
  }
  return { state: "ready" };
}
