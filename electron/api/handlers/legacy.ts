/** REST endpoints of the legacy product. */
import { toArchivistError } from "../../contract/errors.ts";
import { listLegacyEpisodes, submitEpisode } from "../../legacy/episodes.ts";
import { checkLegacyHealth } from "../../legacy/health.ts";
import { countLegacyJobs, listLegacyJobs, toLegacyJob, toSubmitted } from "../../legacy/jobs.ts";
import { listLegacyShows, publishAndWait, publishEach, syncAndWait } from "../../legacy/publishing.ts";
import { type ProcessRequest, refuseClips, refuseSignOn, requirePossible } from "../../legacy/requests.ts";
import { waitForJob } from "../../legacy/wait-for-job.ts";
import type { ApiContext, ApiServices } from "../context.ts";
import { os } from "../implement.ts";

type EpisodeRequest = ProcessRequest & { readonly force_reprocess: boolean };

function submit(services: ApiServices, id: string, request: EpisodeRequest, pathId?: string) {
  requirePossible(request, pathId);
  return submitEpisode(services, id, request.target_stage, request.force_reprocess);
}

async function processAndWait(services: ApiServices, id: string, request: EpisodeRequest, signal?: AbortSignal) {
  const row = await submit(services, id, request, id);
  return toLegacyJob(services, await waitForJob(services, row.id, signal));
}

/** Answers as the paths below `/api/cablecast` and `/api/vod` do: what fails is `success: false` with the status 500. */
async function answer<T extends { readonly success: boolean }>(context: ApiContext, work: () => Promise<T>) {
  try {
    const result = await work();
    if (!result.success) context.answerWith(500);
    return result;
  } catch (thrown) {
    const error = toArchivistError(thrown);
    if (error.code === "interrupted") throw error;
    if (error.code === "internal") context.services.station.logger.error("a call has failed", { error: thrown });
    context.answerWith(500);
    return { success: false as const, error: `${error.message}. ${error.remedy}` };
  }
}

export const system = os.system.router({
  processAsync: os.system.processAsync.handler(async ({ input, context }) =>
    toSubmitted(await submit(context.services, input.id, input, input.id), "Episode processing queued"),
  ),
  renderClips: os.system.renderClips.handler(() => refuseClips("render_clips")),
  discoverClips: os.system.discoverClips.handler(() => refuseClips("discover_clips")),
  process: os.system.process.handler(({ input, context, signal }) =>
    processAndWait(context.services, input.episode_id, input, signal),
  ),
  processById: os.system.processById.handler(({ input, context, signal }) =>
    processAndWait(context.services, input.id, input, signal),
  ),
  jobs: os.system.jobs.handler(({ input, context }) => listLegacyJobs(context.services, input.status, input)),
  job: os.system.job.handler(({ input, context: { services } }) =>
    toLegacyJob(services, services.runtime.jobService.find(input.id)),
  ),
  cancel: os.system.cancel.handler(({ input, context }) => {
    const by = context.person()?.username;
    const { jobService } = context.services.runtime;
    return toSubmitted(jobService.cancel(jobService.find(input.id).id, `cancelled by ${by}`), "cancelled");
  }),
  stats: os.system.stats.handler(({ context }) => countLegacyJobs(context.services)),
  episodes: os.system.episodes.handler(({ input, context }) => listLegacyEpisodes(context.services, input)),
  shows: os.system.shows.handler(({ input, context }) => ({
    success: true as const,
    ...listLegacyShows(context.services, input),
  })),
  syncShows: os.system.syncShows.handler(({ context, signal }) =>
    answer(context, () => syncAndWait(context.services, signal)),
  ),
  publish: os.system.publish.handler(({ input, context, signal }) => {
    const { id, ...settings } = input;
    return answer(context, () => publishAndWait(context.services, id, settings, signal));
  }),
  batchPublish: os.system.batchPublish.handler(({ input, context, signal }) =>
    publishEach(context.services, input.transcription_ids, input.settings, signal),
  ),
  login: os.system.login.handler(() => refuseSignOn("/login")),
  logout: os.system.logout.handler(() => refuseSignOn("/logout")),
  health: os.system.health.handler(async ({ context }) => {
    const { services, ...health } = await checkLegacyHealth(context.services);
    if (!health.healthy) context.answerWith(503);
    return context.person() === undefined ? health : { ...health, services };
  }),
});
