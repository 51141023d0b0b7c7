/** Finds the share and the city that a path belongs to. Pure. */
import type { CitySettings } from "../contract/settings/cities.ts";
import type { ShareSettings } from "../contract/settings/shares.ts";
import { toComposed } from "../platform/names.ts";
import { findCityInName } from "./discovery/city-in-name.ts";
import { globs } from "./discovery/globs.ts";

const splitPath = (path: string): readonly string[] => path.replaceAll("\\", "/").replace(/\/+$/, "").split("/");

/** The path below a folder, as it is on the disk; undefined: it is not in the folder. */
function pathBelow(folder: string, path: string): string | undefined {
  const folders = splitPath(folder);
  const parts = splitPath(path);
  const isInside = folders.every((name, index) => toComposed(name) === toComposed(parts[index] ?? ""));
  return isInside && parts.length >= folders.length ? parts.slice(folders.length).join("/") : undefined;
}

/**
 * Finds the share that contains a path, and the path relative to it, as it is on the disk; the innermost one where shares
 * are nested.
 */
export function findShareOfPath(
  shares: readonly ShareSettings[],
  path: string,
): { readonly share: ShareSettings; readonly below: string } | undefined {
  const holding = shares.flatMap((share) => {
    const below = pathBelow(share.path, path);
    return below === undefined ? [] : [{ share, below }];
  });
  return holding.toSorted((a, b) => splitPath(b.share.path).length - splitPath(a.share.path).length)[0];
}

/** Finds the city whose folders contain a file; the first one in the settings where several do. */
export function findCityOfPath(
  cities: readonly CitySettings[],
  shareLabel: string,
  below: string,
): CitySettings | undefined {
  return cities.find(({ shares, folders }) => shares.includes(shareLabel) && globs(folders)(below));
}

/**
 * Finds the city of a recording wherever it lies: the city whose folder on a share contains it, else the one that the
 * name of the file contains.
 * @param path absolute
 */
export function findCityOfFile(
  cities: readonly CitySettings[],
  shares: readonly ShareSettings[],
  path: string,
): CitySettings | undefined {
  const held = findShareOfPath(shares, path);
  const byFolder = held && findCityOfPath(cities, held.share.label, held.below);
  return byFolder ?? findCityInName(cities, splitPath(path).at(-1) ?? "");
}
