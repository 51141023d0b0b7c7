/** A station with years of work behind it: five hundred waiting jobs, twenty thousand meetings. */
import { join } from "node:path";
import { openCatalog } from "../../../electron/catalog/open.ts";
import { refreshDetails } from "../../../electron/catalog/repositories/meeting-details.ts";
import { finishTranscription } from "../../../electron/catalog/repositories/transcriptions.ts";
import { settingsSchema } from "../../../electron/contract/settings.ts";
import { createTranscriptionJob } from "../../../electron/intake/transcription-job.ts";
import { systemClock } from "../../../electron/platform/clock.ts";
import { JobService } from "../../../electron/queue/job-service.ts";
import { ManualJobs } from "../queue/manual-jobs.ts";
import { addMeeting } from "./meetings.ts";

export const jobs = 500;
export const meetings = 20_000;
const cities = ["Oakdale", "Lake Elmo", "Birchwood", "White Bear Lake", "Hugo"];

/** Fills the catalog of a data folder. The queue is paused. */
export function fillLibrary(folder: string): void {
  const catalog = openCatalog(join(folder, "catalog.db"), join(folder, "backups"));
  const settings = settingsSchema.parse({ queue: { maxJobs: 10_000 } });
  const kinds = [new ManualJobs().kind];
  const jobService = new JobService({ catalog, clock: systemClock, kinds, maxJobs: 10_000 });
  jobService.pauseQueue();
  catalog.transaction(() => {
    for (let number = 0; number < jobs; number++) {
      const path = `/mnt/flex-1/council ${number}.mp4`;
      jobService.submit(
        createTranscriptionJob(settings, { path, modifiedMs: Date.now(), now: new Date(), durationMs: 7_200_000 }),
      );
    }
    for (let number = 0; number < meetings; number++) {
      const filename = `${2006 + (number % 20)}-03-02 meeting ${number}.mp4`;
      const durationMs = 3_600_000 + number * 100;
      const { id } = addMeeting(catalog, {
        number,
        filename,
        durationMs,
        city: cities[number % cities.length] ?? null,
      });
      const completedDate = new Date(Date.UTC(2026, 0, 1) + number * 60_000).toISOString();
      finishTranscription(catalog, id, { status: "completed", completedDate, durationMs, elapsedMs: 1_000 });
    }
  });
  // As a station leaves it: every meeting can be found.
  refreshDetails(catalog);
  catalog.close();
}
