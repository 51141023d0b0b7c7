/**
 * Live words of the running jobs, as they are recognized: recent ones are kept for listeners that join later, and new
 * ones are sent at most ten times a second.
 */
export interface LiveWord {
  readonly text: string;
  readonly startMs: number;
}

export type WordListener = (words: readonly LiveWord[]) => void;

/** Number of words kept per job: as many as a user reads. All of them are in the catalog. */
const maxKept = 400;
const pauseMs = 100;
/** Number of jobs whose words are kept, so that a job that has just ended can still be viewed. */
const maxStreams = 20;

interface Stream {
  readonly recent: LiveWord[];
  readonly listeners: Set<WordListener>;
  pending: LiveWord[];
  timer: NodeJS.Timeout | undefined;
}

export class LiveWordFeed {
  readonly #streams = new Map<string, Stream>();

  add(jobId: string, words: readonly LiveWord[]): void {
    const stream = this.#of(jobId);
    stream.recent.push(...words);
    stream.recent.splice(0, Math.max(0, stream.recent.length - maxKept));
    if (stream.listeners.size === 0) return;
    stream.pending.push(...words);
    stream.timer ??= setTimeout(() => sendPending(stream), pauseMs);
  }

  /** The most recently recognized words of a job. */
  recent(jobId: string): readonly LiveWord[] {
    return [...(this.#streams.get(jobId)?.recent ?? [])];
  }

  /** Adds a listener. @returns Function that removes it */
  listen(jobId: string, listener: WordListener): () => void {
    const stream = this.#of(jobId);
    stream.listeners.add(listener);
    return () => {
      stream.listeners.delete(listener);
      if (stream.listeners.size === 0 && stream.recent.length === 0) this.#streams.delete(jobId);
    };
  }

  /** Discards the kept words, when a job is over or starts again. */
  forget(jobId: string): void {
    const stream = this.#streams.get(jobId);
    if (stream === undefined) return;
    stream.recent.length = 0;
    if (stream.listeners.size === 0) this.#streams.delete(jobId);
  }

  #of(jobId: string): Stream {
    const known = this.#streams.get(jobId);
    if (known !== undefined) return known;
    const stream: Stream = { recent: [], listeners: new Set(), pending: [], timer: undefined };
    this.#streams.set(jobId, stream);
    if (this.#streams.size > maxStreams) {
      const [oldest] = [...this.#streams].find(([, each]) => each.listeners.size === 0 && each !== stream) ?? [];
      if (oldest !== undefined) this.#streams.delete(oldest);
    }
    return stream;
  }
}

function sendPending(stream: Stream): void {
  stream.timer = undefined;
  const words = stream.pending;
  stream.pending = [];
  for (const listener of stream.listeners) listener(words);
}
