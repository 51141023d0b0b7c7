/** The publishing targets. A new target is an entry in this list (contract/publishing.ts has the names). */
import { cablecastTargetKind } from "../cablecast/publisher/target.ts";
import type { Publication, PublishTarget, PublishTargetKind, TargetName } from "../contract/publishing.ts";
import type { Settings } from "../contract/settings.ts";
import { makeThumbnail } from "../media/thumbnail.ts";
import { readFileName } from "../shares/discovery/file-name.ts";
import { outputPlace } from "../shares/output-place.ts";
import type { StationServices } from "../station-services.ts";
import { vodPackageTargetKind } from "../vod-package/target.ts";
import { keepThumbnail } from "./keep-thumbnail.ts";

export interface TargetOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (share: number, message: string) => void;
}

const targetKinds: Readonly<Record<TargetName, PublishTargetKind<ReturnType<typeof toTargetDeps>>>> = {
  cablecast: cablecastTargetKind,
  generic: vodPackageTargetKind,
};

/** Dependencies for opening any target; each uses what it needs. */
function toTargetDeps(services: StationServices, options: TargetOptions) {
  const { catalog, settings, secrets, logs, clock, mediaTools } = services;
  return {
    ...options,
    catalog,
    settings,
    secrets,
    logger: logs.vod,
    clock,
    fillFolderPattern,
    makeThumbnail: async ({ path, seconds }: Publication, target: string, signal?: AbortSignal) =>
      makeThumbnail((await mediaTools()).ffmpeg, path, target, seconds, signal),
    keepThumbnail: (publication: Publication, signal?: AbortSignal) => keepThumbnail(services, publication, signal),
  };
}

/** The steps of a target; does not connect to anything. */
export const listTargetSteps = (name: TargetName) => targetKinds[name].steps;

/** Why the settings do not allow publishing to the station's target, as text; undefined if they do. */
export const findTargetFault = (settings: Settings): string | undefined =>
  targetKinds[settings.publishing.target].findSettingsFault(settings);

/** @throws ArchivistError `cablecast.not-configured`, `secret.*` */
export const openTarget = (services: StationServices, name: TargetName, options: TargetOptions = {}): PublishTarget =>
  targetKinds[name].open(toTargetDeps(services, options));

function fillFolderPattern(pattern: string, { city, date, publicTitle, path }: Publication): string {
  const { type } = readFileName(path.split(/[\\/]/).at(-1) ?? "");
  return outputPlace(pattern, {
    share: "",
    city: city ?? undefined,
    date: date ?? undefined,
    type,
    title: publicTitle,
  });
}
