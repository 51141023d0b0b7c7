/** Publishes a transcription and stores the outcome. */
import { findNewestChange, savePublishedFacts } from "../catalog/repositories/meeting-facts.ts";
import { findPublication, savePublication } from "../catalog/repositories/publications.ts";
import type { PublishableRow } from "../catalog/repositories/publishing.ts";
import { ArchivistError } from "../contract/errors.ts";
import type { PublishOutcome, StepRunner } from "../contract/publishing.ts";
import type { StationServices } from "../station-services.ts";
import {
  findPublishedChapters,
  getChaptersFingerprint,
  getPublicationFingerprint,
  makePublication,
} from "./publication.ts";
import { requirePublishChecks } from "./publish-checks.ts";
import { lastingOptions, type PublishOptions, withLastingOptions } from "./publish-options.ts";
import { listTargetSteps, openTarget } from "./targets.ts";

/** Called with progress messages. @param share progress of a long step, from 0 to 1 */
export type PublishListener = (message: string, step: string, share: number) => void;

/**
 * Publishes a transcription.
 * @param runner runs each step; the default stores nothing between runs, which is safe because every step first checks
 *   what is already done
 * @throws ArchivistError `publish.*`, `cablecast.*`, `secret.*`, `interrupted`
 */
export async function publish(
  services: StationServices,
  row: PublishableRow,
  options: PublishOptions,
  report: PublishListener,
  signal?: AbortSignal,
  runner: StepRunner = (_, work) => work(),
): Promise<PublishOutcome> {
  const { catalog, settings, clock } = services;
  const targetName = options.target ?? settings.publishing.target;
  const steps = listTargetSteps(targetName);
  let current = steps[0]?.name ?? "";
  const onProgress = (share: number, message: string): void => report(message, current, share);
  const target = openTarget(services, targetName, { signal, onProgress });
  const before = findPublication(catalog, row.recordingId, target.name, target.server);
  const whole = withLastingOptions(options, before?.options);
  requirePublishChecks(services, row, { server: target.server, options: whole });
  if (options.expected !== undefined && (await getPublicationFingerprint(services, row, whole)) !== options.expected) {
    throw new ArchivistError("publish.outdated", { subject: row.filename });
  }
  // Before it is collected: what changes meanwhile is newer than what is published.
  const factsChange = findNewestChange(catalog, row.id);
  const publication = await makePublication(services, target.server, row, whole);
  // A version that nobody has approved may have been made meanwhile.
  requirePublishChecks(services, row, { server: target.server, options: whole });
  const { version } = publication;
  const step: StepRunner = async (name, work) => {
    const perform = () => {
      current = name;
      report(steps.find((each) => each.name === name)?.title ?? name, name, 0);
      return work();
    };
    const done = await runner(name, async () => ({ version, result: await perform() }));
    // What an earlier run has done with other captions is done again.
    return done.version === version ? done.result : perform();
  };
  const outcome = await target.publish(publication, step);
  const { own } = await findPublishedChapters(services, row, whole);
  savePublication(catalog, {
    transcriptionId: row.id,
    target: target.name,
    server: target.server,
    options: lastingOptions({ chaptersOver: getChaptersFingerprint(own), ...whole }),
    showId: outcome.showId,
    vodId: outcome.vodId,
    title: publication.title,
    description: publication.description,
    url: outcome.url,
    durationSeconds: publication.seconds,
    captionsVerified: outcome.captionsVerified,
    missing: outcome.missing,
    version,
    now: clock.now().toISOString(),
  });
  savePublishedFacts(catalog, { target: target.name, server: target.server, vodId: outcome.vodId }, factsChange);
  return outcome;
}
