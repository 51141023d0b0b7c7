/** Words of the jobs that run, as they are recognised: kept for whoever looks later, told at most ten times a second. */
export interface LiveWord {
  readonly text: string;
  readonly startMs: number;
}

export type WordListener = (words: readonly LiveWord[]) => void;

/** As many as a person reads; the others are in the catalog. */
const maxKept = 400;
const pauseMs = 100;
/** Of so many jobs, the latest ones: whoever looks at one that has just ended still sees how it ended. */
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

  /** What has been heard lately. */
  recent(jobId: string): readonly LiveWord[] {
    return [...(this.#streams.get(jobId)?.recent ?? [])];
  }

  /** @returns What ends the listening */
  listen(jobId: string, listener: WordListener): () => void {
    const stream = this.#of(jobId);
    stream.listeners.add(listener);
    return () => {
      stream.listeners.delete(listener);
      if (stream.listeners.size === 0 && stream.recent.length === 0) this.#streams.delete(jobId);
    };
  }

  /** The job is over, or begins anew. */
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
