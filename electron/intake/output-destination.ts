/**
 * Decides in which folder the files of a recording belong. The first that applies: the city's own pattern, the folder in
 * the settings, the station's pattern on a share, a folder in the data folder. Pure.
 */
import type { DestinationReason } from "../contract/output-destination.ts";
import type { CitySettings } from "../contract/settings/cities.ts";
import type { ShareSettings } from "../contract/settings/shares.ts";
import type { Settings } from "../contract/settings.ts";
import { type OutputPlaceFacts, outputPlace } from "../shares/output-place.ts";

export interface OutputDestination {
  readonly reason: DestinationReason;
  /** The folder that a pattern names, absolute or in the output folder; undefined: a folder of its own in there. */
  readonly place: string | undefined;
  /** The share that the pattern names; undefined: none. */
  readonly share: ShareSettings | undefined;
}

export interface DestinationFacts extends Omit<OutputPlaceFacts, "share" | "city"> {
  /** The city in the settings. */
  readonly city: CitySettings | undefined;
  readonly cityName: string | undefined;
  /** The share that holds the recording. */
  readonly ownShare: ShareSettings | undefined;
}

/** Decides where the files of a recording go, however it came in. */
export function resolveOutputDestination(settings: Settings, facts: DestinationFacts): OutputDestination {
  const { output, shares } = settings;
  const { city, cityName, ownShare, ...meeting } = facts;
  const share = findOutputShare(shares.servers, city, ownShare);
  const apply = (reason: DestinationReason, pattern: string): OutputDestination | undefined => {
    const needsShare = pattern.includes("{share}");
    if (needsShare && share === undefined) return undefined;
    const place = outputPlace(pattern, { ...meeting, share: share?.path ?? "", city: cityName });
    return { reason, place, share: needsShare ? share : undefined };
  };
  const own = city?.output == null ? undefined : apply("city", city.output);
  if (own !== undefined) return own;
  if (output.folder !== null) return { reason: "folder", place: undefined, share: undefined };
  const common = share === undefined ? undefined : apply("pattern", output.pattern);
  return common ?? { reason: "data", place: undefined, share: undefined };
}

/**
 * The share that the files go to: the recording's own, unless its city has others; else the first of the city's shares on
 * which recordings arrive.
 */
function findOutputShare(
  shares: readonly ShareSettings[],
  city: CitySettings | undefined,
  own: ShareSettings | undefined,
): ShareSettings | undefined {
  if (city === undefined || (own !== undefined && city.shares.includes(own.label))) return own;
  for (const label of city.shares) {
    const share = shares.find((each) => each.label === label && each.role === "active");
    if (share !== undefined) return share;
  }
  return own;
}
