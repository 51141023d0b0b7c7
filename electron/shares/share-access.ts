/**
 * File calls on shares, few at once on each and with a deadline: a call to a file server that has gone away can wait for
 * minutes in one of the few threads that this process has for all files, and cannot be cancelled. While one waits for too long,
 * the share counts as hung and gets no more.
 */
import PQueue from "p-queue";
import { ArchivistError } from "../contract/errors.ts";
import type { ShareSettings } from "../contract/settings/shares.ts";
import type { ShareHealth } from "./health/judge.ts";
import { findShareOfPath } from "./which-share.ts";

export interface ShareAccessDeps {
  readonly shares: readonly ShareSettings[];
  /** Milliseconds after which a call that has not been answered counts as hung. */
  readonly deadlineMs: number;
  /** What is known of a share, by its label; undefined: nothing yet. */
  readonly findHealth: (label: string) => ShareHealth | undefined;
}

/** Calls on one share that wait in a thread at once. */
const maxCalls = 2;
/**
 * Calls on all shares: those of a file server hang together. Of the threads for files (`UV_THREADPOOL_SIZE`: 64) enough are
 * left for everything else.
 */
const maxCallsOnAll = 48;
/** More that wait for their turn are not going to be answered in time. */
const maxWaiting = 500;

interface Lane {
  readonly queue: PQueue;
  /** Calls past their deadline that have not returned. */
  late: number;
}

/**
 * Runs work on the file or folder of a path.
 * @param release called with what comes of the work after its caller was refused: what it has opened is closed
 * @throws ArchivistError `share.hung`; what the work throws
 */
export type OnShare = <T>(path: string, work: () => Promise<T>, release?: (result: T) => void) => Promise<T>;

export class ShareAccess {
  readonly #deps: ShareAccessDeps;
  readonly #lanes = new Map<string, Lane>();
  readonly #all = new PQueue({ concurrency: maxCallsOnAll });

  constructor(deps: ShareAccessDeps) {
    this.#deps = deps;
  }

  /** Work on a path that lies on no share is done at once. */
  readonly run: OnShare = async (path, work, release) => {
    const { shares, deadlineMs, findHealth } = this.#deps;
    const share = findShareOfPath(shares, path)?.share;
    if (share === undefined) return work();
    const hung = (cause?: string): ArchivistError =>
      new ArchivistError("share.hung", { subject: share.label, ...(cause === undefined ? {} : { cause }) });
    const health = findHealth(share.label);
    if (health?.isReadable === false) throw hung(health.message);
    const lane = this.#findLane(share.label);
    if (lane.late > 0 || lane.queue.size >= maxWaiting) throw hung();
    let [isOver, hasBegun, isLate] = [false, false, false];
    let timer: NodeJS.Timeout | undefined;
    const call = lane.queue.add(() =>
      this.#all.add(async () => {
        // Whoever asked may have been refused while this waited for its turn.
        if (isOver) throw hung();
        hasBegun = true;
        try {
          return await work();
        } finally {
          if (isLate) lane.late--;
        }
      }),
    );
    call.then(
      (result) => {
        if (isOver) release?.(result);
      },
      // It is seen here or by nobody.
      () => undefined,
    );
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        isOver = true;
        // A call that has not begun holds no thread.
        isLate = hasBegun;
        if (isLate) lane.late++;
        reject(hung());
      }, deadlineMs);
    });
    try {
      return await Promise.race([call, late]);
    } finally {
      clearTimeout(timer);
    }
  };

  #findLane(label: string): Lane {
    const known = this.#lanes.get(label) ?? { queue: new PQueue({ concurrency: maxCalls }), late: 0 };
    this.#lanes.set(label, known);
    return known;
  }
}
