/** Health report of the station in the format of the legacy product. */
import type { LegacyServices } from "./services.ts";

/** A service that is not set up cannot be wrong; one that has not answered yet is not known to be right. */
const isHealthy = (status: string): boolean => status !== "error" && status !== "unknown";

/** Answers within seconds, from what each service last said. */
export async function checkLegacyHealth({ station, runtime }: LegacyServices) {
  const found = await runtime.health.poll();
  const services = Object.fromEntries(found.map(({ name, status }) => [name, isHealthy(status)]));
  return { healthy: Object.values(services).every(Boolean), timestamp: station.clock.now().toISOString(), services };
}
