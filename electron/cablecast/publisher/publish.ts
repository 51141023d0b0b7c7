/**
 * Publishes a recording on Cablecast in steps. Each step checks first and does only what is missing, so that it can be
 * repeated after a crash, a lost response or a correction.
 */
import { compareCaptions } from "../../captions/compare-captions.ts";
import { readCaptions } from "../../captions/formats/read.ts";
import { minuteMs } from "../../captions/time/durations.ts";
import { ArchivistError } from "../../contract/errors.ts";
import {
  type Publication,
  PublishNotes,
  type PublishOutcome,
  type PublishStep,
  type StepRunner,
  type Verification,
} from "../../contract/publishing.ts";
import { abortableDelay } from "../../platform/abortable-delay.ts";
import { reconcile } from "../metadata/reconcile.ts";
import { attachRecording } from "./attach-recording.ts";
import { publishChapters } from "./chapters.ts";
import type { PublisherDeps } from "./dependencies.ts";
import { ensureVod, hasFailed } from "./ensure-vod.ts";
import { ensureShow } from "./find-show.ts";
import { fetchCaptions, parseServed } from "./read-back.ts";
import { placeSidecar } from "./sidecar.ts";
import { ensureThumbnail } from "./thumbnail.ts";

export const cablecastSteps: readonly PublishStep[] = [
  { name: "show", title: "finding the show" },
  { name: "recording", title: "linking the recording" },
  { name: "sidecar", title: "placing the captions" },
  { name: "fields", title: "filling in the show" },
  { name: "vod", title: "making the VOD" },
  { name: "chapters", title: "making chapters" },
  { name: "watchable", title: "waiting for the VOD" },
  // The server makes thumbnails of the video, so that there are some only now.
  { name: "thumbnail", title: "looking at the thumbnail" },
  { name: "read back", title: "reading the captions back" },
];

/**
 * Publishes a recording.
 * @throws ArchivistError `publish.*`, `cablecast.*`, `folder.*`, `file.*`, `interrupted`
 */
export async function publishOnCablecast(
  deps: PublisherDeps,
  publication: Publication,
  step: StepRunner,
): Promise<PublishOutcome> {
  const notes = new PublishNotes(publication, step);
  const { showId } = await notes.run("show", () => ensureShow(deps, publication));
  const { video } = await notes.run("recording", () => attachRecording(deps, publication, showId));
  await notes.run("sidecar", () => placeSidecar(deps, publication, video));
  await notes.run("fields", () => fillFields(deps, publication, showId));
  const { vodId } = await notes.run("vod", () => ensureVod(deps, publication, showId));
  await notes.run("chapters", () => publishChapters(deps, publication, vodId));
  const { url } = await notes.run("watchable", () => waitUntilWatchable(deps, vodId));
  await notes.run("thumbnail", () => ensureThumbnail(deps, publication, showId));
  const read = await notes.run("read back", () => readBack(deps, publication, showId, vodId));
  const vod = await deps.client.vod(vodId, deps.signal);
  const { details, missing } = notes;
  return { showId, vodId: String(vodId), url: vod.url ?? url, captionsVerified: read.verified, missing, details };
}

async function fillFields(deps: PublisherDeps, publication: Publication, showId: number) {
  const { client, signal, clock } = deps;
  const show = await client.show(showId, signal);
  const { recordingId, requested } = publication;
  const now = clock.now().toISOString();
  const { done, refused } = await reconcile({ ...deps, now }, recordingId, publication, show, { requested });
  const list = (decision: "push" | "pull"): string =>
    done
      .filter((each) => each.decision === decision)
      .map(({ field }) => field)
      .join(", ");
  const descriptions = [
    ...(list("push") === "" ? [] : [`filled in: ${list("push")}`]),
    ...(list("pull") === "" ? [] : [`taken over from the server: ${list("pull")}`]),
  ];
  const open = done
    .filter(({ decision }) => decision === "ask")
    .map(({ field }) => `the ${field} differs on the server: say which is right (archivist cablecast conflicts)`);
  const notTaken = refused.map((field) => `the server did not take the field ${field}`);
  return {
    detail: descriptions.length === 0 ? "nothing to fill in" : descriptions.join("; "),
    missing: [...open, ...notTaken],
  };
}

async function waitUntilWatchable({ client, settings, signal, onProgress }: PublisherDeps, vodId: number) {
  const deadline = performance.now() + settings.watchableMinutes * minuteMs;
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

/** Waits until viewers get what was published. What is not there yet is checked again later. */
async function readBack(deps: PublisherDeps, publication: Publication, showId: number, vodId: number) {
  const { settings, signal } = deps;
  const deadline = performance.now() + settings.captionsMinutes * minuteMs;
  for (;;) {
    const result = await verify(deps, publication, showId, vodId);
    if (result.verified === "yes" || !publication.withCaptions || performance.now() >= deadline) return result;
    await abortableDelay(settings.pollSeconds * 1000, signal);
  }
}

/** Checks once whether the captions and chapters of a VOD are those that were published. */
export async function verify(
  deps: PublisherDeps,
  publication: Publication,
  showId: number,
  vodId: number,
): Promise<Verification> {
  const { client, signal } = deps;
  if (!publication.withCaptions) return { verified: "no", ...said("published without captions, as was asked") };
  try {
    const [show, vod] = [await client.show(showId, signal), await client.vod(vodId, signal)];
    const vtt = vod.url == null ? undefined : await fetchCaptions(deps, vod.url);
    if (vtt === undefined) {
      const isKnown = show.hasCaptions === true;
      const why = isKnown
        ? "the show has captions, the VOD does not show them yet"
        : "the server has not noticed the caption file yet";
      return { verified: "not yet", ...said(why) };
    }
    const theirs = parseServed(vtt);
    if (theirs === undefined) return { verified: "no", ...said("the server's captions cannot be read") };
    // Differences that the caption file itself introduced are not the server's fault.
    const { isSame, difference } = compareCaptions(readCaptions(publication.scc).cues, theirs);
    if (!isSame) return { verified: "no", ...said(difference ?? "") };
    return { verified: "yes", detail: `${theirs.length} captions read back, word for word`, missing: [] };
  } catch (thrown) {
    if (!(thrown instanceof ArchivistError) || thrown.code === "interrupted") throw thrown;
    // Everything else is done: the captions are checked again later.
    return { verified: "not yet", ...said(`the captions could not be read back (${thrown.message})`) };
  }
}

const said = (why: string) => ({ detail: why, missing: [why] });
