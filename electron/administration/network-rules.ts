/**
 * What an administrator at another machine may not set: programs that the station runs, and folders outside of those that
 * `network.folders` names. Otherwise a stolen session would be the right to run anything as the station's user. Pure.
 */
import { getSetting } from "../config/setting-tree.ts";
import type { Trial } from "../contract/api/station.ts";
import { ArchivistError } from "../contract/errors.ts";
import { absolutePath } from "../contract/settings/setting.ts";
import { declareSettings, type SettingDeclaration, type Settings } from "../contract/settings.ts";
import { isWithin } from "../platform/inside-folder.ts";

const declarations = new Map(declareSettings().map((each) => [each.key, each]));

/** Keys of the parts of a setting that name folders: shares and cities are lists of objects. */
const folderKeys: ReadonlySet<string> = new Set(["path", "output"]);

/** All folders that a value names by their absolute paths. */
function listFolders(value: unknown): readonly string[] {
  if (typeof value === "string") return absolutePath.safeParse(value).success ? [value] : [];
  if (Array.isArray(value)) return value.flatMap(listFolders);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (folderKeys.has(key) ? listFolders(inner) : []));
}

/** True for a folder below one of `roots`, which is none of them. */
const isInside = (path: string, roots: readonly string[]): boolean =>
  roots.some((root) => isWithin(root, path) && !isWithin(path, root));

const isPath = (value: unknown): boolean => typeof value === "string" && /[\\/]/.test(value);

function refuse(key: string, cause: string): never {
  throw new ArchivistError("settings.here-only", { subject: key, cause });
}

function requireFolders(key: string, value: unknown, before: unknown, roots: readonly string[]): void {
  const known = new Set(listFolders(before));
  const outside = listFolders(value).find((folder) => !known.has(folder) && !isInside(folder, roots));
  if (outside !== undefined) refuse(key, `${outside} is not in a folder that may be chosen from another machine`);
}

function requireReach(
  { key, overNetwork }: SettingDeclaration,
  value: unknown,
  before: unknown,
  roots: readonly string[],
) {
  if (overNetwork === "never") refuse(key, "it can only be set at the station's own machine");
  if (overNetwork === "names" && isPath(value)) refuse(key, "from another machine, a model is chosen by its name");
  if (overNetwork === "folders") requireFolders(key, value, before, roots);
}

/**
 * Refuses settings that may not be set from another machine. Values that stay as they are are no change.
 * @param current settings as they are on the disk
 * @throws ArchivistError `settings.here-only`
 */
export function requireNetworkSettings(
  values: Readonly<Record<string, unknown>>,
  current: Settings,
  roots: readonly string[],
): void {
  for (const [key, value] of Object.entries(values)) {
    const declaration = declarations.get(key);
    const before = getSetting(current, key);
    if (declaration === undefined || JSON.stringify(before) === JSON.stringify(value)) continue;
    requireReach(declaration, value, before, roots);
  }
}

/** The settings that a trial would use, by key. */
function listTried(trial: Trial): Readonly<Record<string, unknown>> {
  switch (trial.what) {
    case "share":
      return { "shares.servers": [{ path: trial.path }] };
    case "ffmpeg":
      return { "media.ffmpegPath": trial.ffmpegPath, "media.ffprobePath": trial.ffprobePath };
    case "model":
      return { "speech.model": trial.model };
    case "cablecast":
      return {};
  }
}

/** Refuses to try what may not be set. @throws ArchivistError `settings.here-only` */
export function requireNetworkTrial(trial: Trial, current: Settings, roots: readonly string[]): void {
  const tried = Object.entries(listTried(trial)).filter(([, value]) => value !== undefined);
  requireNetworkSettings(Object.fromEntries(tried), current, roots);
}
