/**
 * One click, many steps. Each looks first and does only what is missing, so that any of them can be done again: after a
 * crash, after an answer that was lost, after a correction.
 */
import { ArchivistError } from "../../contract/errors.ts";
import { abortableDelay } from "../../lib/delay.ts";
import type { Vod } from "../client/records.ts";
import { attachRecording } from "./attach-recording.ts";
import { publishChapters } from "./chapters.ts";
import { ensureShow } from "./find-show.ts";
import type { Publication, PublisherParts } from "./publication.ts";
import { compareCaptions, fetchCaptions, parseServed } from "./read-back.ts";
import { fieldChanges } from "./show-fields.ts";
import { placeSidecar } from "./sidecar.ts";

export const publishSteps = [
  "show",
  "recording",
  "sidecar",
  "fields",
  "vod",
  "chapters",
  "thumbnail",
  "watchable",
  "read back",
] as const;
export type PublishStep = (typeof publishSteps)[number];

export interface PublishOutcome {
  readonly showId: number;
  readonly vodId: number;
  readonly url: string | null;
  readonly captionsVerified: "yes" | "no" | "not yet";
  /** What falls short, in words. */
  readonly missing: readonly string[];
  /** What each step did, in words. */
  readonly details: readonly (readonly [PublishStep, string])[];
}

/** Does a step; what an earlier run has done of it may be given again. */
export type StepRunner = <T>(name: PublishStep, work: () => Promise<T>) => Promise<T>;

/** @throws ArchivistError `publish.*`, `cablecast.*`, `folder.*`, `file.*`, `interrupted` */
export async function publish(
  parts: PublisherParts,
  publication: Publication,
  step: StepRunner,
): Promise<PublishOutcome> {
  const { client, signal } = parts;
  const details: [PublishStep, string][] = [];
  const missing: string[] = [];
  const note = <T extends { readonly detail: string; readonly missing?: readonly string[] }>(
    name: PublishStep,
    result: T,
  ): T => {
    details.push([name, result.detail]);
    missing.push(...(result.missing ?? []));
    return result;
  };
  const { showId } = note("show", await step("show", () => ensureShow(parts, publication)));
  const { video } = note("recording", await step("recording", () => attachRecording(parts, publication, showId)));
  note("sidecar", await step("sidecar", () => placeSidecar(parts, publication, video)));
  note("fields", await step("fields", () => fillFields(parts, publication, showId)));
  const { vodId } = note("vod", await step("vod", () => ensureVod(parts, showId)));
  note("chapters", await step("chapters", () => publishChapters(parts, publication, vodId)));
  note("thumbnail", await step("thumbnail", () => thumbnail(parts, showId)));
  const { url } = note("watchable", await step("watchable", () => waitUntilWatchable(parts, vodId)));
  const read = note("read back", await step("read back", () => readBack(parts, publication, showId, vodId)));
  const vod = await client.vod(vodId, signal);
  return { showId, vodId, url: vod.url ?? url, captionsVerified: read.verified, missing, details };
}

async function fillFields({ client, signal }: PublisherParts, publication: Publication, showId: number) {
  const changes = fieldChanges(await client.show(showId, signal), publication);
  if (changes.length === 0) return { detail: "nothing to fill in" };
  const filled = Object.fromEntries(changes.map(({ field, after }) => [field, after]));
  await client.updateShow(showId, (show) => ({ ...show, ...filled }), signal);
  return { detail: `filled in: ${changes.map(({ field }) => field).join(", ")}` };
}

/** States in which nothing more comes; their names are not confirmed. */
const failed = new Set(["error", "permanentFailure", "disabled"]);
const hasFailed = ({ vodState, errorMessage }: Vod): boolean => failed.has(vodState ?? "") || Boolean(errorMessage);

async function ensureVod({ client, settings, signal }: PublisherParts, showId: number) {
  const { vods, location } = await client.show(showId, signal);
  const known: Vod[] = [];
  for (const id of vods ?? []) known.push(await client.vod(id, signal));
  const usable = known.find((vod) => !hasFailed(vod)) ?? known[0];
  // A second one usually fails and confuses everybody: there is only ever one.
  if (usable !== undefined) return { vodId: usable.id, detail: `VOD ${usable.id} is there already` };
  const own = (await client.vodConfigurations(signal)).find(
    (each) => each.location === (location ?? settings.location),
  );
  if (own === undefined) {
    throw new ArchivistError("cablecast.refused", {
      cause: "this location has no VOD configuration",
      remedy: "Make one in Cablecast's settings, then retry.",
    });
  }
  const vod = await client.createVod(showId, own.id, signal);
  return { vodId: vod.id, detail: `VOD ${vod.id} was made` };
}

/** No way of setting it is confirmed. */
async function thumbnail({ client, signal }: PublisherParts, showId: number) {
  const { thumbnail: chosen } = await client.show(showId, signal);
  return { detail: chosen == null ? "none is chosen: that is done on the server" : "one is chosen on the server" };
}

async function waitUntilWatchable({ client, settings, signal, onProgress }: PublisherParts, vodId: number) {
  const deadline = performance.now() + settings.watchableMinutes * 60_000;
  for (;;) {
    const vod = await client.vod(vodId, signal);
    if (hasFailed(vod)) {
      throw new ArchivistError("publish.vod-failed", {
        cause: `the Cablecast server could not make VOD ${vodId} (${vod.errorMessage || vod.vodState})`,
      });
    }
    if (vod.isWatchable === true || vod.vodState === "complete")
      return { url: vod.url ?? null, detail: "it can be watched" };
    if (performance.now() >= deadline)
      throw new ArchivistError("publish.not-ready", { cause: `VOD ${vodId} cannot be watched yet (${vod.vodState})` });
    onProgress?.(vod.percentComplete ?? 0, `The server makes the VOD (${vod.vodState ?? "unknown"})`);
    await abortableDelay(settings.pollSeconds * 1000, signal);
  }
}

/** Whether viewers get what was made. What is not there yet is looked for again later. */
async function readBack(parts: PublisherParts, publication: Publication, showId: number, vodId: number) {
  const { client, settings, signal } = parts;
  const deadline = performance.now() + settings.captionsMinutes * 60_000;
  for (;;) {
    const result = await verify(parts, publication, showId, vodId);
    if (result.verified === "yes" || performance.now() >= deadline) return result;
    await client.show(showId, signal);
    await abortableDelay(settings.pollSeconds * 1000, signal);
  }
}

export interface Verification {
  readonly verified: "yes" | "no" | "not yet";
  readonly detail: string;
  readonly missing: readonly string[];
}

/** Looks once whether the captions and chapters of a VOD are those that were made. */
export async function verify(
  parts: PublisherParts,
  publication: Publication,
  showId: number,
  vodId: number,
): Promise<Verification> {
  const { client, signal } = parts;
  const [show, vod] = [await client.show(showId, signal), await client.vod(vodId, signal)];
  const vtt = vod.url == null ? undefined : await fetchCaptions(parts, vod.url);
  if (vtt === undefined) {
    const why =
      show.hasCaptions === true
        ? "the show has captions, the VOD does not show them yet"
        : "the server has not noticed the caption file yet";
    return { verified: "not yet", detail: why, missing: [why] };
  }
  const theirs = parseServed(vtt);
  if (theirs === undefined)
    return {
      verified: "no",
      detail: "the server's captions cannot be read",
      missing: ["the server's captions cannot be read"],
    };
  const { isSame, difference } = compareCaptions(publication.cues, theirs);
  if (!isSame) return { verified: "no", detail: difference ?? "", missing: [difference ?? ""] };
  return { verified: "yes", detail: `${theirs.length} captions read back, word for word`, missing: [] };
}
