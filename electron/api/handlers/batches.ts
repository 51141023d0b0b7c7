/** Procedures for batches. */
import { type BatchRow, batchJobs, listBatches } from "../../catalog/repositories/job-batches.ts";
import type { BatchView, CreatedBatch } from "../../contract/api/batches.ts";
import { openStates } from "../../contract/jobs.ts";
import type { BatchRequest } from "../../intake/batches/batch-request.ts";
import { type BatchCreation, createBatch } from "../../intake/batches/create.ts";
import { reportFolder } from "../../intake/batches/finish.ts";
import { cancelBatch, getBatchReports, requireBatch, retryBatch } from "../../intake/batches/manage.ts";
import { batchProgress, countByCity } from "../../intake/batches/report.ts";
import { viewJobs } from "../../queue/job-view.ts";
import { transcriptionEstimates } from "../../transcription/job-estimates.ts";
import { requireOwnPaths } from "../caller.ts";
import type { ApiContext, ApiServices } from "../context.ts";
import { os } from "../implement.ts";
import { newest } from "../live.ts";

const maxJobs = 2_000;

function batchView({ station, runtime }: ApiServices, { id, name, createdDate, completedDate }: BatchRow): BatchView {
  const { catalog } = station;
  const jobs = batchJobs(catalog, id);
  const etas =
    completedDate === null
      ? viewJobs(catalog, { batchId: id, states: openStates, limit: maxJobs }, transcriptionEstimates, (job) =>
          runtime.queue.getProgress(job),
        ).flatMap(({ eta_seconds }) => eta_seconds ?? [])
      : [];
  return {
    id,
    name,
    createdDate,
    completedDate,
    progress: Math.floor(batchProgress(jobs) * 1000) / 10,
    eta_seconds: etas.length === 0 ? null : Math.max(...etas),
    cities: [...countByCity(jobs)],
  };
}

const toCreated = ({ batch, jobs, refused }: BatchCreation): CreatedBatch => ({
  batch_id: batch.id,
  name: batch.name,
  jobs: [...jobs],
  refused: [...refused],
});

async function create(
  context: Pick<ApiContext, "services" | "isOnMachine" | "person">,
  request: BatchRequest,
  signal: AbortSignal | undefined,
  onFile?: (path: string) => void,
): Promise<BatchCreation> {
  const { station, runtime } = context.services;
  await requireOwnPaths(context, "files" in request ? request.files.map(({ path }) => path) : []);
  const { jobService, monitor, probe } = runtime;
  const deps = { services: station, jobService, monitor, probe, signal, ...(onFile === undefined ? {} : { onFile }) };
  return createBatch(deps, request);
}

export const batches = os.batches.router({
  list: os.batches.list.handler(({ context }) =>
    listBatches(context.services.station.catalog).map((batch) => batchView(context.services, batch)),
  ),
  create: os.batches.create.handler(async ({ input, context, signal }) =>
    toCreated(await create(context, input, signal)),
  ),
  watchCreate: os.batches.watchCreate.handler(async function* ({ input, context, signal }) {
    let inspected = 0;
    let path: string | null = null;
    let changed = (): void => undefined;
    // Ends the work when the caller has gone, and the reports when the work is over.
    const gone = new AbortController();
    const over = new AbortController();
    signal?.addEventListener("abort", () => gone.abort(), { once: true });
    const work = create(context, input, gone.signal, (file) => {
      inspected++;
      path = file;
      changed();
    }).finally(() => over.abort());
    work.catch(() => undefined);
    try {
      const subscribe = (wake: () => void): (() => void) => {
        changed = wake;
        return () => undefined;
      };
      for await (const report of newest(subscribe, () => ({ inspected, path, created: null }), over.signal))
        yield report;
      yield { inspected, path, created: toCreated(await work) };
    } finally {
      gone.abort();
    }
  }),
  report: os.batches.report.handler(async ({ input, context }) => {
    const { station } = context.services;
    const batch = requireBatch(station, input.id);
    return {
      batch: batchView(context.services, batch),
      reports: [...(await getBatchReports(station, batch))],
      folder: batch.completedDate === null ? null : reportFolder(station, batch),
    };
  }),
  retry: os.batches.retry.handler(({ input, context }) => {
    const { station, runtime } = context.services;
    const { jobs, refused } = retryBatch({ services: station, jobService: runtime.jobService }, input.id);
    return { jobs, refused };
  }),
  cancel: os.batches.cancel.handler(({ input, context }) => {
    const { station, runtime } = context.services;
    const by = `cancelled by ${context.person()?.username}`;
    return { jobs: [...cancelBatch({ services: station, jobService: runtime.jobService }, input.id, by)] };
  }),
});
