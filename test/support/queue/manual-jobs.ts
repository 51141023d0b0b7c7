/** Jobs that tests complete manually: each run waits in its lane until the test decides how it ends. */
import { z } from "zod";
import { ArchivistError } from "../../../electron/contract/errors.ts";
import { defineJobKind, type JobKind } from "../../../electron/queue/job-kind.ts";
import type { LaneName, Lanes } from "../../../electron/queue/lanes.ts";

interface OpenWork {
  readonly finish: () => void;
  readonly fail: (error: unknown) => void;
}

export interface ManualJobsOptions {
  readonly lanes?: Lanes;
  readonly lane?: LaneName;
  readonly type?: JobKind["type"];
  readonly onStart?: (jobId: string) => void;
}

export class ManualJobs {
  /** Runs that are in their lane, by job id. */
  readonly open = new Map<string, OpenWork>();
  /** Jobs in the order in which their runs began. */
  readonly started: string[] = [];
  /** Aborted work continues until the test ends it. */
  stubborn = false;
  /** Maximum number of runs that were in the lane at once. */
  most = 0;
  readonly kind: JobKind;
  #inLane = 0;

  constructor(options: ManualJobsOptions = {}) {
    this.kind = defineJobKind({
      type: options.type ?? "process",
      payload: z.unknown(),
      steps: () => [{ name: "work" }],
      run: async ({ job, signal, order, step }) => {
        this.started.push(job.id);
        options.onStart?.(job.id);
        const work = () => this.#work(job.id, signal);
        const { lanes, lane = "speech" } = options;
        await step("work", () => (lanes === undefined ? work() : lanes.run(lane, signal, work, order)));
        return { job: job.id };
      },
    });
  }

  async #work(id: string, signal: AbortSignal): Promise<null> {
    this.#inLane++;
    this.most = Math.max(this.most, this.#inLane);
    try {
      await new Promise<void>((resolve, reject) => {
        this.open.set(id, { finish: resolve, fail: reject });
        const stop = (): void => {
          if (!this.stubborn) reject(new ArchivistError("interrupted"));
        };
        signal.addEventListener("abort", stop, { once: true });
      });
    } finally {
      this.open.delete(id);
      this.#inLane--;
    }
    return null;
  }
}

/** Lets everything that is ready proceed: promises, and the work of p-queue and the queue. */
export async function settled(): Promise<void> {
  for (let round = 0; round < 20; round++) await new Promise((resolve) => setImmediate(resolve));
}
