/** Procedures for jobs: running, queued and ended. */
import { listNeededBy } from "../../catalog/repositories/job-dependencies.ts";
import { listHistory } from "../../catalog/repositories/job-history.ts";
import { listJobSteps } from "../../catalog/repositories/job-steps.ts";
import { countByState, type JobFilter, type JobRow } from "../../catalog/repositories/jobs.ts";
import type { Job, QueueView } from "../../contract/api/queue.ts";
import { retryWithModel } from "../../intake/submit-recording.ts";
import { estimateEtas, type JobView, toLinkedJob, viewJobs, viewOneJob } from "../../queue/job-view.ts";
import { transcriptionEstimates } from "../../transcription/job-estimates.ts";
import type { LiveWord } from "../../transcription/live-words.ts";
import type { ApiServices } from "../context.ts";
import { done, os } from "../implement.ts";
import { newest, pieces } from "../live.ts";

export const jobView = ({ result: _, ...view }: JobView): Job => view as Job;

function look({ station, runtime }: ApiServices, filter: JobFilter): QueueView {
  const { catalog } = station;
  const jobs = viewJobs(catalog, filter, transcriptionEstimates, (id) => runtime.queue.getProgress(id)).map(jobView);
  return { jobs, counts: countByState(catalog), isPaused: runtime.jobService.isPaused };
}

const toFilter = (input: { [K in keyof JobFilter]?: JobFilter[K] | undefined }): JobFilter =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as JobFilter;

const toJob = ({ station, runtime }: ApiServices, row: JobRow): Job => {
  const live = (id: string) => runtime.queue.getProgress(id);
  const etaMs = estimateEtas(station.catalog, transcriptionEstimates, live).get(row.id);
  return jobView(viewOneJob(station.catalog, row, live(row.id), etaMs));
};

export const queue = os.queue.router({
  list: os.queue.list.handler(({ input, context }) => look(context.services, toFilter(input))),
  watch: os.queue.watch.handler(({ input, context, signal }) => {
    const { runtime, queueViews } = context.services;
    return newest(
      (changed) => runtime.queue.feed.listen(changed),
      () => queueViews.get(input, () => look(context.services, toFilter(input))),
      signal,
    );
  }),
  show: os.queue.show.handler(({ input, context }) => {
    const { station, runtime } = context.services;
    const row = runtime.jobService.find(input.id);
    const steps = listJobSteps(station.catalog, row.id);
    const history = listHistory(station.catalog, row.id);
    return {
      job: toJob(context.services, row),
      neededBy: listNeededBy(station.catalog, row.id).map(toLinkedJob),
      steps: steps.map(({ name, status, attempts, elapsedMs }) => ({ name, status, attempts, elapsedMs })),
      history: history.map(({ id, kind, message, createdDate }) => ({ id, kind, message, createdDate })),
    };
  }),
  words: os.queue.words.handler(async function* ({ input, context, signal }) {
    const { station, runtime } = context.services;
    const { id } = runtime.jobService.find(input.id);
    const heard = pieces<readonly LiveWord[]>(
      (add) => station.liveWords.listen(id, add),
      () => [station.liveWords.recent(id)],
      signal,
    );
    let anew = true;
    for await (const isFirst of heard) {
      yield { anew, words: isFirst.flat() };
      anew = false;
    }
  }),
  cancel: os.queue.cancel.handler(({ input, context }) => {
    const by = context.person()?.username;
    return toJob(context.services, context.services.runtime.jobService.cancel(input.id, `cancelled by ${by}`));
  }),
  retry: os.queue.retry.handler(({ input, context }) => {
    const { station, runtime } = context.services;
    const row =
      input.model === undefined
        ? runtime.jobService.retry(input.id)
        : retryWithModel({ services: station, jobService: runtime.jobService }, input.id, input.model);
    return toJob(context.services, row);
  }),
  dismiss: os.queue.dismiss.handler(({ input, context }) => {
    context.services.runtime.jobService.dismiss(input.id);
    return done;
  }),
  dismissAll: os.queue.dismissAll.handler(({ input, context }) => ({
    count: context.services.runtime.jobService.dismissAll(toFilter(input)),
  })),
  pause: os.queue.pause.handler(({ input, context }) =>
    toJob(context.services, context.services.runtime.jobService.pause(input.id)),
  ),
  resume: os.queue.resume.handler(({ input, context }) =>
    toJob(context.services, context.services.runtime.jobService.resume(input.id)),
  ),
  prioritise: os.queue.prioritise.handler(({ input, context }) =>
    toJob(context.services, context.services.runtime.jobService.setPriority(input.id, input.priority)),
  ),
  moveBefore: os.queue.moveBefore.handler(({ input, context }) =>
    toJob(context.services, context.services.runtime.jobService.moveBefore(input.id, input.beforeId)),
  ),
  pauseAll: os.queue.pauseAll.handler(({ context }) => {
    context.services.runtime.jobService.pauseQueue();
    return done;
  }),
  resumeAll: os.queue.resumeAll.handler(({ context }) => {
    context.services.runtime.jobService.resumeQueue();
    return done;
  }),
});
