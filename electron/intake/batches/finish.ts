/** Finishes batches whose jobs are all over: writes a report per city and sends notifications. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import {
  type BatchRow,
  batchJobs,
  completeBatch,
  endedBatches,
  type RefusedFile,
} from "../../catalog/repositories/job-batches.ts";
import type { CityReport } from "../../contract/api/batches.ts";
import type { Notifier } from "../../notify/notifier.ts";
import { writeFileAtomic } from "../../platform/atomic-write.ts";
import { toDay } from "../../platform/calendar.ts";
import { fileError } from "../../platform/file-errors.ts";
import { toSlug } from "../../shares/output-place.ts";
import type { StationServices } from "../../station-services.ts";
import { byCity, cityReport, reportMarkdown } from "./report.ts";

const checkMs = 2_000;

/** Checks for finished batches, one check at a time. */
export class BatchFinisher {
  readonly #services: StationServices;
  readonly #notifier: Notifier;
  #checkInProgress: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(services: StationServices, notifier: Notifier) {
    this.#services = services;
    this.#notifier = notifier;
  }

  start(): void {
    this.#timer = setInterval(() => void this.check(), checkMs);
  }

  /** Checks one last time, so that batches that have just finished are reported. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.check();
  }

  /** Writes the reports that are due. Never throws: a report that cannot be written is retried at the next check. */
  check(): Promise<void> {
    this.#checkInProgress ??= this.#finishAll()
      .catch((thrown: unknown) => this.#services.logger.error("batches could not be looked at", { error: thrown }))
      .finally(() => {
        this.#checkInProgress = undefined;
      });
    return this.#checkInProgress;
  }

  async #finishAll(): Promise<void> {
    for (const batch of endedBatches(this.#services.catalog)) {
      try {
        await finishBatch(this.#services, this.#notifier, batch);
      } catch (thrown) {
        this.#services.logger.error("the reports of a batch could not be written", { batch: batch.id, error: thrown });
      }
    }
  }
}

/** Folder of a batch's reports. */
export function reportFolder({ settings, folder }: StationServices, batch: BatchRow): string {
  const date = toDay(new Date(batch.createdDate), settings.schedules.timeZone);
  return join(
    settings.output.folder ?? folder.output,
    "batches",
    `${date}-${toSlug(batch.name)}-${batch.id.slice(0, 8)}`,
  );
}

async function finishBatch(services: StationServices, notifier: Notifier, batch: BatchRow): Promise<void> {
  const { catalog, clock } = services;
  const completedDate = clock.now().toISOString();
  const folder = reportFolder(services, batch);
  const refused = JSON.parse(batch.refused) as RefusedFile[];
  const reports: { readonly report: CityReport; readonly markdown: string }[] = [];
  try {
    await mkdir(folder, { recursive: true });
    for (const [city, jobs] of byCity(batchJobs(catalog, batch.id))) {
      const report = cityReport({ ...batch, completedDate }, city, jobs, refused);
      const markdown = reportMarkdown(report);
      const base = join(folder, toSlug(city));
      await writeFileAtomic(`${base}.md`, markdown);
      await writeFileAtomic(`${base}.json`, `${JSON.stringify(report, null, 2)}\n`);
      reports.push({ report, markdown });
    }
  } catch (thrown) {
    throw fileError(thrown, folder, "write");
  }
  catalog.transaction(() => {
    completeBatch(catalog, batch.id, completedDate);
    for (const { report, markdown } of reports) notifyCity(notifier, report, markdown);
  });
}

function notifyCity(notifier: Notifier, { city, batch, recordings }: CityReport, markdown: string): void {
  const done = recordings.filter(({ status }) => status === "completed").length;
  const severity = done === recordings.length ? "info" : "warning";
  notifier.notify({
    severity,
    subject: `${city}: ${done} of ${recordings.length} recordings done (${batch})`,
    body: markdown,
    city,
  });
}
