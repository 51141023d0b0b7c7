/** Reports what publishing would do now. Nothing is changed, on the server or locally. */
import { basename } from "node:path";
import type { FieldValue } from "../../catalog/repositories/cablecast-metadata.ts";
import { listSentChapters } from "../../catalog/repositories/cablecast-sent.ts";
import { ArchivistError } from "../../contract/errors.ts";
import type { PreviewField, PreviewStep, Publication, TargetPreview } from "../../contract/publishing.ts";
import { sha256 } from "../../platform/atomic-write.ts";
import { readPlainFile } from "../../platform/plain-files.ts";
import { type FieldPlan, planFields } from "../metadata/reconcile.ts";
import { attachedVideo } from "./attach-recording.ts";
import { chapterChanges } from "./chapters.ts";
import type { PublisherDeps } from "./dependencies.ts";
import { listVods } from "./ensure-vod.ts";
import { findShow } from "./find-show.ts";
import { sidecarPlace } from "./sidecar.ts";

export async function previewPublication(deps: PublisherDeps, publication: Publication): Promise<TargetPreview> {
  const { client, signal } = deps;
  const found = await findShow(deps, publication);
  const steps: PreviewStep[] = [];
  const note = (step: string, changes: boolean, detail: string): void => void steps.push({ step, changes, detail });
  const show = found?.show;
  note(
    "show",
    show === undefined,
    show === undefined
      ? `a show "${publication.title}" would be made`
      : `show ${show.id} "${show.title}": ${found?.reason}`,
  );
  const attached = show === undefined ? undefined : await attachedVideo(deps, show.id);
  const video = attached ?? basename(publication.path);
  note(
    "recording",
    attached === undefined,
    attached === undefined
      ? `${video} would be linked, and sent if the server does not have it`
      : `the show plays ${video}`,
  );
  const path = describeSidecar(deps, publication, video);
  if (!publication.withCaptions) note("sidecar", false, "no captions, as was asked");
  const written =
    path.startsWith("/") || /^[A-Za-z]:/.test(path) ? await readPlainFile(path).catch(() => undefined) : undefined;
  const isSame = written !== undefined && sha256(written) === sha256(publication.scc);
  if (publication.withCaptions)
    note("sidecar", !isSame, isSame ? `${path} is as it should be` : `${path} would be written`);
  const { recordingId, requested } = publication;
  const now = deps.clock.now().toISOString();
  const plan = show === undefined ? [] : planFields({ ...deps, now }, recordingId, publication, show, requested);
  const descriptions = plan.map(({ field, before, after, decision }) =>
    decision === "ask"
      ? `${field}: somebody has to say which is right, ours ${JSON.stringify(before)} or theirs ${JSON.stringify(after)}`
      : `${decision === "pull" ? "from the server, " : ""}${field}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`,
  );
  note("fields", plan.length > 0, plan.length === 0 ? "nothing to fill in" : descriptions.join("; "));
  const vodId = show === undefined ? undefined : (await listVods(deps, show)).at(0)?.id;
  const qualities = await listQualities(deps, show?.location ?? publication.location);
  note(
    "vod",
    vodId === undefined,
    vodId === undefined ? describeNewVod(publication, qualities) : `VOD ${vodId} is there`,
  );
  const present = vodId === undefined ? [] : await client.chapters(vodId, signal);
  const sent = vodId === undefined ? [] : listSentChapters(deps.catalog, client.address, vodId);
  const chapters = chapterChanges(publication.chapters, present, sent);
  const tooMany = chapters.surplus.length === 0 ? "" : `, ${chapters.surplus.length} are no longer right`;
  note(
    "chapters",
    chapters.missing.length > 0,
    `${chapters.missing.length} of ${publication.chapters.length} would be made${tooMany}`,
  );
  return {
    steps,
    show: show === undefined ? null : { id: show.id, title: show.title },
    fields: plan.map(toPreviewField),
    // The quality of a VOD that is there already cannot be changed.
    qualities: vodId === undefined ? qualities : [],
  };
}

const formatValue = (value: FieldValue): string => (Array.isArray(value) ? value.join(", ") : String(value ?? ""));

function toPreviewField({ field, before, after, decision }: FieldPlan): PreviewField {
  if (decision === "push") return { field, theirs: formatValue(before), outcome: "send" };
  return { field, theirs: formatValue(after), outcome: decision === "ask" ? "ask" : "keep" };
}

/** Heights in lines of the VOD configurations of a location, lowest first. */
async function listQualities({ client, signal }: PublisherDeps, location: number): Promise<readonly number[]> {
  const own = (await client.vodConfigurations(signal)).filter((each) => each.location === location);
  const heights = own.map(({ maximumResolution }) => Number(maximumResolution)).filter((height) => height > 0);
  return [...new Set(heights)].toSorted((a, b) => a - b);
}

function describeNewVod({ quality }: Publication, qualities: readonly number[]): string {
  if (quality === null) return "a VOD would be made, with the first configuration of the location";
  return qualities.includes(quality)
    ? `a VOD of ${quality} lines would be made`
    : `a VOD would be made, with the first configuration of the location: it has none of ${quality} lines`;
}

function describeSidecar(deps: PublisherDeps, publication: Publication, video: string): string {
  try {
    return sidecarPlace(deps, publication, video)?.path ?? "a file on the server";
  } catch (thrown) {
    if (thrown instanceof ArchivistError) return `nowhere: ${thrown.reason}. ${thrown.remedy}`;
    throw thrown;
  }
}
