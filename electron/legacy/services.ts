/** Services that the legacy API works with. */
import type { HealthMonitor } from "../monitoring/service-health.ts";
import type { JobQueue } from "../queue/job-queue.ts";
import type { JobService } from "../queue/job-service.ts";
import type { StationServices } from "../station-services.ts";

export interface LegacyServices {
  readonly station: StationServices;
  readonly runtime: {
    readonly jobService: JobService;
    readonly queue: JobQueue;
    readonly health: HealthMonitor;
  };
}
