/** Jobs: what runs, what waits, what has ended. */

import { batchJobs, listBatches } from "../../catalog/repositories/job-batches.ts";
import { historyOf } from "../../catalog/repositories/job-history.ts";
import { jobStepsOf } from "../../catalog/repositories/job-steps.ts";
import { countByState, type JobFilter, type JobRow } from "../../catalog/repositories/jobs.ts";
import type { Job, QueueView } from "../../contract/api/queue.ts";
import { openStates } from "../../contract/jobs.ts";
import { type JobView, viewJob, viewJobs } from "../../queue/job-view.ts";
import { transcriptionEstimates } from "../../transcription/job-estimates.ts";
import type { LiveWord } from "../../transcription/live-words.ts";
import type { ApiParts } from "../context.ts";
import { done, os } from "../implement.ts";
import { newest, pieces } from "../live.ts";

export const jobView = ({ result: _, ...view }: JobView): Job => view as Job;

function look({ workshop, operation }: ApiParts, filter: JobFilter): QueueView {
  const { catalog } = workshop;
  const jobs = viewJobs(catalog, filter, transcriptionEstimates, (id) => operation.queue.progressOf(id)).map(jobView);
  return { jobs, counts: countByState(catalog), isPaused: operation.desk.isPaused };
}

const filterOf = (input: { [K in keyof JobFilter]?: JobFilter[K] | undefined }): JobFilter =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as JobFilter;

const viewOf = ({ operation }: ApiParts, row: JobRow): Job => jobView(viewJob(row, operation.queue.progressOf(row.id)));

export const queue = os.queue.router({
  list: os.queue.list.handler(({ input, context }) => look(context.parts, filterOf(input))),
  watch: os.queue.watch.handler(({ input, context, signal }) => {
    const { operation } = context.parts;
    return newest(
      (changed) => operation.queue.feed.listen(changed),
      () => look(context.parts, filterOf(input)),
      signal,
    );
  }),
  show: os.queue.show.handler(({ input, context }) => {
    const { workshop, operation } = context.parts;
    const row = operation.desk.find(input.id);
    const steps = jobStepsOf(workshop.catalog, row.id);
    const history = historyOf(workshop.catalog, row.id);
    return {
      job: viewOf(context.parts, row),
      steps: steps.map(({ name, status, attempts, elapsedMs }) => ({ name, status, attempts, elapsedMs })),
      history: history.map(({ id, kind, message, createdDate }) => ({ id, kind, message, createdDate })),
    };
  }),
  words: os.queue.words.handler(async function* ({ input, context, signal }) {
    const { workshop, operation } = context.parts;
    const { id } = operation.desk.find(input.id);
    const heard = pieces<readonly LiveWord[]>(
      (add) => workshop.liveWords.listen(id, add),
      () => [workshop.liveWords.recent(id)],
      signal,
    );
    let anew = true;
    for await (const told of heard) {
      yield { anew, words: told.flat() };
      anew = false;
    }
  }),
  cancel: os.queue.cancel.handler(({ input, context }) => {
    const by = context.person()?.username;
    return viewOf(context.parts, context.parts.operation.desk.cancel(input.id, `cancelled by ${by}`));
  }),
  retry: os.queue.retry.handler(({ input, context }) =>
    viewOf(context.parts, context.parts.operation.desk.retry(input.id)),
  ),
  pause: os.queue.pause.handler(({ input, context }) =>
    viewOf(context.parts, context.parts.operation.desk.pause(input.id)),
  ),
  resume: os.queue.resume.handler(({ input, context }) =>
    viewOf(context.parts, context.parts.operation.desk.resume(input.id)),
  ),
  prioritise: os.queue.prioritise.handler(({ input, context }) =>
    viewOf(context.parts, context.parts.operation.desk.prioritise(input.id, input.priority)),
  ),
  moveBefore: os.queue.moveBefore.handler(({ input, context }) =>
    viewOf(context.parts, context.parts.operation.desk.moveBefore(input.id, input.beforeId)),
  ),
  pauseAll: os.queue.pauseAll.handler(({ context }) => {
    context.parts.operation.desk.pauseQueue();
    return done;
  }),
  resumeAll: os.queue.resumeAll.handler(({ context }) => {
    context.parts.operation.desk.resumeQueue();
    return done;
  }),
  batches: os.queue.batches.handler(({ context }) => {
    const { catalog } = context.parts.workshop;
    return listBatches(catalog).map(({ id, name, createdDate, completedDate }) => {
      const byCity = Map.groupBy(batchJobs(catalog, id), ({ city }) => city);
      const cities = [...byCity].map(([city, jobs]) => {
        const count = (...states: readonly string[]): number =>
          jobs.filter(({ state }) => states.includes(state)).length;
        return {
          city,
          total: jobs.length,
          completed: count("completed"),
          failed: count("failed", "cancelled"),
          open: count(...openStates),
        };
      });
      return { id, name, createdDate, completedDate, cities };
    });
  }),
});
