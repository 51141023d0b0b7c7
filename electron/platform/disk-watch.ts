/** Monitors whether the disk of the data folder has enough free space. */
import { statfs } from "node:fs/promises";

const everyMs = 5_000;

export class DiskWatch {
  readonly #folder: string;
  readonly #minBytes: number;
  #timer: NodeJS.Timeout | undefined;
  #hasRoom = true;

  /** @param minBytes free space that work needs, in bytes */
  constructor(folder: string, minBytes: number) {
    this.#folder = folder;
    this.#minBytes = minBytes;
  }

  start(): void {
    this.#timer = setInterval(() => void this.check(), everyMs);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** The result of the last check. */
  get hasRoom(): boolean {
    return this.#hasRoom;
  }

  /** Checks now. @returns whether there is enough free space */
  async check(): Promise<boolean> {
    const room = await statfs(this.#folder).catch(() => undefined);
    // When free space is unknown, let the work run: it fails with a better message than this check could give.
    this.#hasRoom = room === undefined || room.bavail * room.bsize >= this.#minBytes;
    return this.#hasRoom;
  }
}
