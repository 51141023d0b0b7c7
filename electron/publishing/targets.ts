/** The places that a station publishes in. */
import { connectCablecast } from "../cablecast/connect.ts";
import { cablecastSteps } from "../cablecast/publisher/publish.ts";
import { cablecastTarget } from "../cablecast/publisher/target.ts";
import { findPublication } from "../catalog/repositories/publications.ts";
import type { Publication, PublishTarget } from "../contract/publish-target.ts";
import type { TargetName } from "../contract/publishing.ts";
import { makeThumbnail } from "../media/thumbnail.ts";
import { readFileName } from "../shares/discovery/file-name.ts";
import { outputPlace } from "../shares/output-place.ts";
import type { StationServices } from "../station-services.ts";
import { genericSteps, genericTarget } from "../vod-package/target.ts";

/** Names of the steps of a target, without connecting to anything. */
export const stepsOfTarget = (name: TargetName): readonly string[] =>
  name === "generic" ? genericSteps : cablecastSteps;

export interface TargetOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (share: number, message: string) => void;
}

/** @throws ArchivistError `cablecast.not-configured`, `secret.*` */
export function openTarget(services: StationServices, name: TargetName, options: TargetOptions = {}): PublishTarget {
  const { catalog, settings, secrets, logs, clock, mediaTools } = services;
  if (name === "generic") {
    return genericTarget({
      ...options,
      settings: settings.generic,
      clock,
      getFolder: (publication) => toPackageFolder(settings.generic.pattern, publication),
      knownPackage: (recordingId) => findPublication(catalog, recordingId, "generic", "")?.vodId,
      makeThumbnail: async ({ path, seconds }, target, signal) =>
        makeThumbnail((await mediaTools()).ffmpeg, path, target, seconds, signal),
    });
  }
  const client = connectCablecast({ settings: settings.cablecast, secrets, logger: logs.vod });
  return cablecastTarget({ ...options, client, catalog, settings: settings.cablecast, logger: logs.vod, clock });
}

function toPackageFolder(pattern: string, { city, date, publicTitle, path }: Publication): string {
  const { type } = readFileName(path.split(/[\\/]/).at(-1) ?? "");
  return outputPlace(pattern, { share: "", city: city ?? undefined, date, type, title: publicTitle });
}
