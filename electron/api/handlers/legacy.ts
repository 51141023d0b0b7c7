/** REST endpoints of the legacy product. */
import { ArchivistError } from "../../contract/errors.ts";
import { listEpisodes, submitEpisode } from "../../legacy/episodes.ts";
import { checkLegacyHealth } from "../../legacy/health.ts";
import { countLegacyJobs, listLegacyJobs, toLegacyJob, toSubmitted, waitForJob } from "../../legacy/jobs.ts";
import { listLegacyShows, publishAndWait, publishEach } from "../../legacy/publishing.ts";
import { submitSync } from "../../publishing/sync-job.ts";
import { os } from "../implement.ts";

export const system = os.system.router({
  processAsync: os.system.processAsync.handler(async ({ input, context }) => {
    const row = await submitEpisode(context.services, input.id, input.target_stage, input.force_reprocess);
    return toSubmitted(row, "in the queue");
  }),
  renderClips: os.system.renderClips.handler(() => {
    throw new ArchivistError("job.unavailable", { cause: "clips are not available yet" });
  }),
  process: os.system.process.handler(async ({ input, context: { services }, signal }) => {
    const { id } = await submitEpisode(services, input.id, input.target_stage, input.force_reprocess);
    return toLegacyJob(services, await waitForJob(services, id, signal));
  }),
  jobs: os.system.jobs.handler(({ input, context }) => listLegacyJobs(context.services, input.status, input.limit)),
  job: os.system.job.handler(({ input, context: { services } }) =>
    toLegacyJob(services, services.runtime.jobService.find(input.id)),
  ),
  cancel: os.system.cancel.handler(({ input, context }) => {
    const by = context.person()?.username;
    const { jobService } = context.services.runtime;
    return toSubmitted(jobService.cancel(jobService.find(input.id).id, `cancelled by ${by}`), "cancelled");
  }),
  stats: os.system.stats.handler(({ context }) => countLegacyJobs(context.services)),
  episodes: os.system.episodes.handler(({ context }) => {
    const episodes = [...listEpisodes(context.services)];
    return { episodes, total: episodes.length };
  }),
  shows: os.system.shows.handler(({ context }) => ({
    success: true as const,
    shows: listLegacyShows(context.services),
  })),
  syncShows: os.system.syncShows.handler(({ context }) => {
    const { job } = submitSync(context.services.runtime.jobService, false);
    return { success: true as const, message: "Shows are being synchronized", job_id: job.id };
  }),
  publish: os.system.publish.handler(({ input, context, signal }) => {
    const { id, ...settings } = input;
    return publishAndWait(context.services, id, settings, signal);
  }),
  batchPublish: os.system.batchPublish.handler(({ input, context, signal }) =>
    publishEach(context.services, input.transcription_ids, input.settings, signal),
  ),
  health: os.system.health.handler(async ({ context }) => {
    const health = await checkLegacyHealth(context.services);
    if (!health.healthy) context.answerWith(503);
    return health;
  }),
});
