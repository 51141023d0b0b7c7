/**
 * What somebody at another machine may name by its path: recordings on the shares, finished uploads, and the sample meeting.
 * At the station's own machine any file may be chosen.
 */
import { realpath } from "node:fs/promises";
import { isAbsolute, relative } from "node:path";
import { ArchivistError } from "../contract/errors.ts";
import { isWithin } from "../platform/inside-folder.ts";
import { findShareOfPath } from "../shares/which-share.ts";
import type { StationServices } from "../station-services.ts";
import { sampleMeeting } from "./sample.ts";

export interface ReachDeps {
  readonly services: Pick<StationServices, "settings" | "folder" | "onShare">;
  /** Whether an upload, by its id, is the caller's own. */
  readonly isOwnUpload: (id: string) => Promise<boolean>;
}

/**
 * Refuses paths that lead elsewhere, also by links.
 * @throws ArchivistError `file.elsewhere`, `share.hung`
 */
export async function requireReachable(deps: ReachDeps, paths: readonly string[]): Promise<void> {
  for (const path of paths) await requireOne(deps, path);
}

async function requireOne({ services, isOwnUpload }: ReachDeps, path: string): Promise<void> {
  const { settings, folder, onShare } = services;
  // One answer for all: whether there is such a file elsewhere is nobody's business.
  const elsewhere = new ArchivistError("file.elsewhere", { subject: path });
  if (!isAbsolute(path)) throw elsewhere;
  if (path === sampleMeeting) return;
  const share = findShareOfPath(settings.shares.servers, path)?.share;
  const root = share?.path ?? folder.uploads;
  if (!isWithin(root, path)) throw elsewhere;
  if (share === undefined) {
    // A whole upload lies alone in a folder with its id.
    const [id = "", name, ...more] = relative(root, path).split(/[\\/]/);
    if (name === undefined || more.length > 0 || !(await isOwnUpload(id))) throw elsewhere;
  }
  const [realRoot, real] = await onShare(path, () =>
    Promise.all([root, path].map((each) => realpath(each).catch(() => undefined))),
  );
  // A file that is not there is told by whoever opens it.
  if (real !== undefined && (realRoot === undefined || !isWithin(realRoot, real))) throw elsewhere;
}
