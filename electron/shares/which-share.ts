/** Finds the share and the city that a path belongs to. Pure. */
import type { CitySettings } from "../contract/settings/cities.ts";
import type { ShareSettings } from "../contract/settings/shares.ts";
import { globs } from "./discovery/globs.ts";

const slashed = (path: string): string => path.replaceAll("\\", "/").replace(/\/+$/, "");

/** Finds the share that contains a path, and the path relative to it; the innermost one where shares are nested. */
export function findShareOfPath(
  shares: readonly ShareSettings[],
  path: string,
): { readonly share: ShareSettings; readonly below: string } | undefined {
  const wanted = slashed(path);
  const holding = shares
    .filter((share) => wanted === slashed(share.path) || wanted.startsWith(`${slashed(share.path)}/`))
    .toSorted((a, b) => b.path.length - a.path.length);
  const [share] = holding;
  return share && { share, below: wanted.slice(slashed(share.path).length + 1) };
}

/** Finds the city whose folders contain a file; the first one in the settings where several do. */
export function findCityOfPath(
  cities: readonly CitySettings[],
  shareLabel: string,
  below: string,
): CitySettings | undefined {
  return cities.find(({ shares, folders }) => shares.includes(shareLabel) && globs(folders)(below));
}
