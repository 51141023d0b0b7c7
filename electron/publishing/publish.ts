/** Publishes a transcription and stores the outcome. */
import { findNewestChange, savePublishedFacts } from "../catalog/repositories/meeting-facts.ts";
import { findPublication, savePublication } from "../catalog/repositories/publications.ts";
import type { PublishableRow } from "../catalog/repositories/publishing.ts";
import type { PublishOutcome, StepRunner } from "../contract/publishing.ts";
import type { StationServices } from "../station-services.ts";
import { makePublication } from "./publication.ts";
import { requirePublishChecks } from "./publish-checks.ts";
import { lastingOptions, type PublishOptions, parseStoredOptions } from "./publish-options.ts";
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
  requirePublishChecks(services, row);
  const targetName = options.target ?? settings.publishing.target;
  const steps = listTargetSteps(targetName);
  let current = steps[0]?.name ?? "";
  const onProgress = (share: number, message: string): void => report(message, current, share);
  const target = openTarget(services, targetName, { signal, onProgress });
  const before = findPublication(catalog, row.recordingId, target.name, target.server);
  const whole = { ...lastingOptions(parseStoredOptions(before?.options)), ...options };
  // Before it is collected: what changes meanwhile is newer than what is published.
  const factsChange = findNewestChange(catalog, row.id);
  const publication = await makePublication(services, target.server, row, whole);
  const step: StepRunner = (name, work) =>
    runner(name, () => {
      current = name;
      report(steps.find((each) => each.name === name)?.title ?? name, name, 0);
      return work();
    });
  const outcome = await target.publish(publication, step);
  savePublication(catalog, {
    transcriptionId: row.id,
    target: target.name,
    server: target.server,
    options: lastingOptions(whole),
    showId: outcome.showId,
    vodId: outcome.vodId,
    title: publication.title,
    description: publication.description,
    url: outcome.url,
    durationSeconds: publication.seconds,
    captionsVerified: outcome.captionsVerified,
    missing: outcome.missing,
    now: clock.now().toISOString(),
  });
  savePublishedFacts(catalog, { target: target.name, server: target.server, vodId: outcome.vodId }, factsChange);
  return outcome;
}
