/** Opens the station for commands that only ask or tell the queue: beside a running one where there is one. */
import { openStation, type Station } from "../../station.ts";
import { userDataFolder } from "../terminal/user-paths.ts";

export interface QueueOptions {
  readonly json?: boolean;
  readonly dataDir?: string;
}

export async function withQueue<T>(
  options: QueueOptions,
  purpose: string,
  work: (station: Station) => T | Promise<T>,
): Promise<T> {
  const station = openStation({ dataFolder: userDataFolder(options), purpose: `archivist ${purpose}`, beside: true });
  try {
    return await work(station);
  } finally {
    await station.close();
  }
}

/** What happens next, where nobody runs the jobs. */
export const noStationRuns = "No station is running. Start one: archivist run";
