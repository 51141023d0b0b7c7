/** Creates the services that the handlers of a host use. */
import { Sessions } from "../access/sessions.ts";
import { ModelManager } from "../administration/model-manager.ts";
import { SelfTestService } from "../administration/self-test-service.ts";
import { secondMs } from "../captions/time/durations.ts";
import { hasRunningJob } from "../catalog/repositories/job-runs.ts";
import { Uploads } from "../intake/uploads/uploads.ts";
import { runChecks } from "../monitoring/doctor.ts";
import { rememberFor } from "../platform/remember-for.ts";
import { processorProofFile } from "../speech/whisper-host/processor-proof.ts";
import type { StationRuntime } from "../station-runtime.ts";
import type { StationServices } from "../station-services.ts";
import { CallLimits } from "./call-limits.ts";
import type { ApiServices, HostAbilities } from "./context.ts";
import { SharedViews } from "./shared-views.ts";

/** The checks start programs and take seconds, and everybody who is signed in may ask for them. */
const findingsMs = 30 * secondMs;

export interface ApiServicesOptions {
  readonly station: StationServices;
  readonly runtime: StationRuntime;
  readonly version: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly host?: HostAbilities;
}

export function createApiServices({
  station,
  runtime,
  version,
  environment,
  host = {},
}: ApiServicesOptions): ApiServices {
  const { catalog, clock, folder, settings } = station;
  const maxBytes = settings.media.maxFileGigabytes * 1024 ** 3;
  return {
    station,
    runtime,
    host,
    version,
    environment,
    sessions: new Sessions(catalog, clock),
    uploads: new Uploads({ folder: folder.uploads, maxBytes }),
    editing: runtime.editing,
    callLimits: new CallLimits(),
    queueViews: new SharedViews(
      (changed) => runtime.queue.feed.listen(changed),
      () => clock.monotonicMs(),
    ),
    findings: rememberFor(
      findingsMs,
      () => runChecks(folder.root),
      () => clock.monotonicMs(),
    ),
    models: new ModelManager(station),
    selfTest: new SelfTestService({
      dataFolder: folder.root,
      proofFile: processorProofFile(folder.engines),
      settings,
      machine: station.machine,
      logger: station.logger,
      now: () => clock.now(),
      isTranscribing: () => hasRunningJob(catalog, "process"),
      onQueueChange: (listener) => runtime.queue.feed.listen(listener),
      holdSpeech: (signal, work) => station.lanes.run("speech", signal, work),
    }),
  };
}
