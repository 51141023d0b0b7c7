/** Knows whether the disk with the data folder has room. */
import { statfs } from "node:fs/promises";

const everyMs = 5_000;

export class DiskWatch {
  readonly #folder: string;
  readonly #minBytes: number;
  #timer: NodeJS.Timeout | undefined;
  #hasRoom = true;

  /** @param minBytes room that work needs */
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

  /** As it was when it was looked at last. */
  get hasRoom(): boolean {
    return this.#hasRoom;
  }

  /** Looks now. @returns Whether there is room */
  async check(): Promise<boolean> {
    const room = await statfs(this.#folder).catch(() => undefined);
    // A disk that cannot be asked is one that work fails on, with a better message than this could give.
    this.#hasRoom = room === undefined || room.bavail * room.bsize >= this.#minBytes;
    return this.#hasRoom;
  }
}
