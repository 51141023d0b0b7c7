/** Opens the station for commands that only query or control the queue: beside a running one if there is one. */
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

/** The note for the user where no station runs the jobs. */
export const noStationRuns = "No station is running. Start one: archivist run";
