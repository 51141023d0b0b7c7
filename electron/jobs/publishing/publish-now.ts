/** Publishes a transcription and keeps what came of it. */

import { connectCablecast } from "../../cablecast/connect.ts";
import { type PublishOutcome, type PublishStep, publish, type StepRunner } from "../../cablecast/publisher/publish.ts";
import { keepPublished, type PublishableRow } from "../../catalog/repositories/publishing.ts";
import type { Workshop } from "../workshop.ts";
import { requireOpenGate } from "./gate.ts";
import { makePublication, type PublicationWish } from "./make-publication.ts";

const stepWords: Readonly<Record<PublishStep, string>> = {
  show: "finding the show",
  recording: "linking the recording",
  sidecar: "placing the captions",
  fields: "filling in the show",
  vod: "making the VOD",
  chapters: "making chapters",
  thumbnail: "looking at the thumbnail",
  watchable: "waiting for the VOD",
  "read back": "reading the captions back",
};

/** @param tell told what is being done. @param share of a long step, from 0 to 1 */
export type PublishListener = (message: string, step: PublishStep, share: number) => void;

/**
 * @param runner does each step; the default keeps nothing between runs, which is safe: every step looks first
 * @throws ArchivistError `publish.*`, `cablecast.*`, `secret.*`, `interrupted`
 */
export async function publishNow(
  workshop: Workshop,
  row: PublishableRow,
  wish: PublicationWish,
  tell: PublishListener,
  signal?: AbortSignal,
  runner: StepRunner = (_, work) => work(),
): Promise<PublishOutcome> {
  const { catalog, settings, logger, secrets, clock } = workshop;
  requireOpenGate(workshop, row);
  const client = connectCablecast({ settings: settings.cablecast, secrets, logger });
  const publication = await makePublication(workshop, row, wish);
  let current: PublishStep = "show";
  const step: StepRunner = (name, work) =>
    runner(name, () => {
      current = name;
      tell(stepWords[name], name, 0);
      return work();
    });
  const onProgress = (share: number, message: string): void => tell(message, current, share);
  const outcome = await publish(
    { client, catalog, settings: settings.cablecast, logger, signal, onProgress },
    publication,
    step,
  );
  keepPublished(catalog, {
    transcriptionId: row.id,
    vodId: outcome.vodId,
    title: publication.title,
    description: publication.description,
    url: outcome.url,
    durationSeconds: publication.seconds,
    captionsVerified: outcome.captionsVerified,
    missing: outcome.missing,
    now: clock.now().toISOString(),
  });
  return outcome;
}
