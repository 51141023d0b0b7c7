/**
 * Scans a share and records in the catalog what has changed since the last scan. File contents are not read: a share
 * with twenty thousand files takes a second or two, and only changes write rows.
 */
import { dayMs } from "../../captions/time/durations.ts";
import type { Catalog } from "../../catalog/open.ts";
import {
  addShareFiles,
  changeShareFiles,
  findShareFileByPath,
  type KnownFile,
  knownFiles,
  type NewShareFile,
  type ShareFileChange,
} from "../../catalog/repositories/share-files.ts";
import { ArchivistError } from "../../contract/errors.ts";
import type { ShareSettings } from "../../contract/settings/shares.ts";
import type { Settings } from "../../contract/settings.ts";
import { toComposed } from "../../platform/names.ts";
import type { ListedFile, ShareProbe } from "../share-probe.ts";
import { findCityOfPath } from "../which-share.ts";
import { readFileName } from "./file-name.ts";
import { globs } from "./globs.ts";
import { settle } from "./settle.ts";
import { isLeftAlone } from "./system-files.ts";

export interface ScanOptions {
  readonly catalog: Catalog;
  readonly probe: ShareProbe;
  readonly share: ShareSettings;
  readonly intake: Settings["intake"];
  readonly cities: Settings["cities"]["members"];
  readonly now: Date;
  readonly signal?: AbortSignal | undefined;
}

export interface ScanResult {
  readonly files: number;
  readonly added: number;
  readonly changed: number;
  readonly vanished: number;
  readonly returned: number;
  /** Folders and files that could not be read. */
  readonly unreadable: readonly { readonly path: string; readonly error: string }[];
}

/** Rows written before the scan yields to other work. */
const atOnce = 400;
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Scans a share.
 * @throws ArchivistError `share.hung`, `tool.failed`, `interrupted`; rows that were already written stay valid
 */
export async function scanShare(options: ScanOptions): Promise<ScanResult> {
  const { catalog, probe, share, intake, now, signal } = options;
  const seen = new Map<string, ListedFile>();
  const isIncluded = globs(intake.include);
  const isExcluded = globs(intake.exclude);
  const take = (file: ListedFile): void => {
    if (!isLeftAlone(file.path) && isIncluded(file.path) && !isExcluded(file.path)) seen.set(file.path, file);
  };
  const { unreadable } = await probe.list(share.path, take, signal);
  await requireMounted(options);
  const files = seen.size;
  const findRewritten = rewrittenNames(options, seen);
  const isHidden = hiddenBy(unreadable);
  const tally = { changed: 0, vanished: 0, returned: 0 };
  for (const page of knownFiles(catalog, share.label)) {
    const changes: { id: number; change: ShareFileChange }[] = [];
    for (const known of page) {
      const file = seen.get(known.path) ?? findRewritten(known.path);
      if (file !== undefined) seen.delete(file.path);
      if (file === undefined && isHidden(known.path)) continue;
      const path = file === undefined || file.path === known.path ? {} : { path: file.path };
      const change = { ...toFileChange(known, file, now, intake), ...path };
      if (Object.keys(change).length === 0) continue;
      if (change.state === "vanished") tally.vanished++;
      else if (known.state === "vanished") tally.returned++;
      else if (change.size !== undefined) tally.changed++;
      changes.push({ id: known.id, change });
    }
    for (let at = 0; at < changes.length; at += atOnce) {
      changeShareFiles(catalog, changes.slice(at, at + atOnce));
      await breathe();
    }
    await breathe();
  }
  const added = await addAll(options, [...seen.values()]);
  return { files, added, ...tally, unreadable };
}

/** A share that is unmounted during the listing looks like an empty folder: its files must not count as vanished. */
async function requireMounted({ probe, share }: ScanOptions): Promise<void> {
  const report = await probe.check(share.path, false);
  if (report === "hung") throw new ArchivistError("share.hung", { subject: share.label });
  if (!report.ok || (share.mustBeMounted && !report.mountPoint)) {
    throw new ArchivistError("share.not-mounted", { subject: share.label });
  }
}

/** Files in a folder that could not be read do not count as vanished. */
function hiddenBy(unreadable: readonly { readonly path: string }[]): (path: string) => boolean {
  const hidden = unreadable.map(({ path }) => toComposed(path));
  if (hidden.includes(".")) return () => true;
  return (path) => {
    const composed = toComposed(path);
    return hidden.some((folder) => composed === folder || composed.startsWith(`${folder}/`));
  };
}

/**
 * Finds a known file under the name that the share shows now: mounted by another system, a share may show é in one
 * character where it was two. Two files whose names differ in nothing else are two files.
 * @returns A function that takes a known path and returns the one listed file with the same name
 */
function rewrittenNames({ catalog, share }: ScanOptions, seen: ReadonlyMap<string, ListedFile>) {
  const byName = new Map<string, ListedFile | undefined>();
  for (const file of seen.values()) {
    const name = toComposed(file.path);
    byName.set(name, byName.has(name) ? undefined : file);
  }
  return (path: string): ListedFile | undefined => {
    const file = byName.get(toComposed(path));
    if (file === undefined || file.path === path || !seen.has(file.path)) return undefined;
    return findShareFileByPath(catalog, share.label, file.path, "exact") === undefined ? file : undefined;
  };
}

const worksOn: ReadonlySet<KnownFile["state"]> = new Set(["new", "vanished"]);

/** The change to store for a known file; undefined when there is none. */
function toFileChange(
  known: KnownFile,
  file: ListedFile | undefined,
  now: Date,
  intake: Settings["intake"],
): ShareFileChange | undefined {
  if (file === undefined) {
    return known.state === "vanished" ? undefined : { state: "vanished", vanishedDate: now.toISOString() };
  }
  const isSame = known.size === file.size && known.modifiedMs === file.modifiedMs;
  if (isSame && !worksOn.has(known.state)) return undefined;
  const polls = settle(known, known.stablePolls, file, now.getTime(), intake);
  if (isSame && known.state === "new") {
    return polls.stablePolls > intake.stablePolls ? undefined : { stablePolls: polls.stablePolls };
  }
  // The file has changed or returned: what was known of its content may no longer be true.
  const { size, modifiedMs } = file;
  const state = isOld(modifiedMs, now, intake) ? "known" : "new";
  return { size, modifiedMs, state, stablePolls: 0, reason: null, vanishedDate: null };
}

const isOld = (modifiedMs: number, now: Date, intake: Settings["intake"]): boolean =>
  now.getTime() - modifiedMs > intake.maxAgeDays * dayMs;

async function addAll(options: ScanOptions, files: readonly ListedFile[]): Promise<number> {
  for (let at = 0; at < files.length; at += atOnce) {
    const rows = files.slice(at, at + atOnce).map((file) => toNewShareFile(options, file));
    addShareFiles(options.catalog, rows);
    await breathe();
  }
  return files.length;
}

function toNewShareFile(
  { share, cities, intake, now }: ScanOptions,
  { path, size, modifiedMs }: ListedFile,
): NewShareFile {
  const city = findCityOfPath(cities, share.label, path);
  const { date, type, title } = readFileName(path.slice(path.lastIndexOf("/") + 1), city?.namePatterns);
  return {
    share: share.label,
    path,
    size,
    modifiedMs,
    // Files older than `maxAgeDays` when they are first seen are `known`: they are processed only on request.
    state: isOld(modifiedMs, now, intake) ? "known" : "new",
    city: city?.name ?? null,
    meetingDate: date ?? null,
    meetingType: type ?? null,
    title,
    firstSeenDate: now.toISOString(),
  };
}
