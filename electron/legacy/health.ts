/** Health report of the station in the format of the legacy product. */
import { runChecks } from "../monitoring/doctor.ts";
import { findTargetFault } from "../publishing/targets.ts";
import type { LegacyServices } from "./services.ts";

/** Runs all checks, which takes seconds. */
export async function checkLegacyHealth({ station, runtime }: LegacyServices) {
  const { settings, folder, clock } = station;
  const findings = await runChecks(folder.root);
  const isWell = (...names: readonly string[]): boolean =>
    findings.filter(({ name }) => names.includes(name)).every(({ status }) => status !== "error");
  const areSharesWell = runtime.monitor.all().every(({ status }) => status !== "unhealthy");
  const services = {
    cablecast: settings.cablecast.url === null || isWell("Cablecast"),
    vod: findTargetFault(settings) === undefined,
    // No webhooks are configured, so nothing can be wrong with them.
    webhooks: true,
    storage: areSharesWell && isWell("Data folder"),
    database: isWell("Catalog"),
    queue: !runtime.jobService.isPaused,
    speech: isWell("Speech engine", "Speech model", "Model"),
    system: isWell("Node.js", "Settings", "ffmpeg", "ffprobe"),
  };
  return { healthy: Object.values(services).every(Boolean), timestamp: clock.now().toISOString(), services };
}
