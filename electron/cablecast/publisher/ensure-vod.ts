/** Finds or creates the VOD of a show: only ever one, with the requested configuration. */
import { ArchivistError } from "../../contract/errors.ts";
import type { Publication } from "../../contract/publishing.ts";
import type { Show, Vod } from "../client/records.ts";
import type { PublisherDeps } from "./dependencies.ts";

/** Final states of a failed VOD; their names are not confirmed. */
const failed = new Set(["error", "permanentFailure", "disabled"]);
export const hasFailed = ({ vodState, errorMessage }: Vod): boolean =>
  failed.has(vodState ?? "") || Boolean(errorMessage);

/** The VODs of a show; a VOD that was removed may still be in its list. */
export async function listVods(
  { client, signal }: Pick<PublisherDeps, "client" | "signal">,
  { vods }: Show,
): Promise<readonly Vod[]> {
  const known: Vod[] = [];
  for (const id of vods ?? []) {
    try {
      known.push(await client.vod(id, signal));
    } catch (thrown) {
      if (!(thrown instanceof ArchivistError) || thrown.code !== "cablecast.not-found") throw thrown;
    }
  }
  return known;
}

interface EnsuredVod {
  readonly vodId: number;
  readonly detail: string;
  readonly missing: readonly string[];
}

/**
 * Returns the VOD of a show; creates it when there is none. A second one usually fails and causes confusion, so a
 * failed VOD is reported and never duplicated.
 */
export async function ensureVod(
  { client, signal }: PublisherDeps,
  publication: Publication,
  showId: number,
): Promise<EnsuredVod> {
  const show = await client.show(showId, signal);
  const { location } = show;
  const known = await listVods({ client, signal }, show);
  const usable = known.find((vod) => !hasFailed(vod)) ?? known[0];
  if (usable !== undefined) return { vodId: usable.id, detail: `VOD ${usable.id} is there already`, missing: [] };
  const own = (await client.vodConfigurations(signal)).filter(
    (each) => each.location === (location ?? publication.location),
  );
  const { chosen, missing } = chooseConfiguration(own, publication.quality);
  if (chosen === undefined) {
    throw new ArchivistError("cablecast.refused", {
      cause: "this location has no VOD configuration",
      remedy: "Make one in Cablecast's settings, then retry.",
    });
  }
  const vod = await client.createVod(showId, chosen.id, signal);
  return { vodId: vod.id, detail: `VOD ${vod.id} was made`, missing };
}

/**
 * Chooses the configuration with the requested quality, else the location's first one, with a note in `missing`. Pure.
 * The API has no field for quality.
 */
export function chooseConfiguration<T extends { readonly id: number; readonly maximumResolution?: unknown }>(
  configurations: readonly T[],
  quality: number | null,
): { readonly chosen: T | undefined; readonly missing: readonly string[] } {
  const [first] = configurations;
  if (quality === null || first === undefined) return { chosen: first, missing: [] };
  const fitting = configurations.find(({ maximumResolution }) => Number(maximumResolution) === quality);
  if (fitting !== undefined) return { chosen: fitting, missing: [] };
  return {
    chosen: first,
    missing: [`the quality ${quality} is not applicable: the location has no VOD configuration for it`],
  };
}
