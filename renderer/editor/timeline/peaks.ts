/** Loads the waveform of a recording in audiowaveform's format (`.dat`, version 1, 8 bits). */
const headerBytes = 20;
/** Each level of the waveform has so many pairs of the one below it in one. */
const levelFactor = 8;

/** With fewer pairs in a stretch, its edges would be drawn beside where they are. */
const minPairs = 4;

interface PeakLevel {
  /** Minimum and maximum alternating, -128 to 127. */
  readonly pairs: Int8Array;
  readonly perSecond: number;
}

/** A waveform in several resolutions, the finest first: drawing six hours takes as long as drawing ten seconds. */
export type Peaks = readonly PeakLevel[];

/** @returns undefined if there is no waveform, or if its format is not supported */
export async function loadPeaks(recordingId: string): Promise<Peaks | undefined> {
  const answer = await fetch(`/peaks/${encodeURIComponent(recordingId)}`).catch(() => undefined);
  if (!answer?.ok) return undefined;
  return readPeaks(await answer.arrayBuffer());
}

export function readPeaks(buffer: ArrayBuffer): Peaks | undefined {
  if (buffer.byteLength < headerBytes) return undefined;
  const view = new DataView(buffer);
  const [version, flags, rate, samples] = [
    view.getInt32(0, true),
    view.getUint32(4, true),
    view.getInt32(8, true),
    view.getInt32(12, true),
  ];
  if (version !== 1 || flags !== 1 || rate <= 0 || samples <= 0) return undefined;
  const levels: PeakLevel[] = [{ pairs: new Int8Array(buffer, headerBytes), perSecond: rate / samples }];
  for (let last = levels[0]; last !== undefined && last.pairs.length > 4_096; last = levels.at(-1)) {
    levels.push(reduceLevel(last));
  }
  return levels;
}

function reduceLevel({ pairs, perSecond }: PeakLevel): PeakLevel {
  const count = Math.ceil(pairs.length / 2 / levelFactor);
  const reduced = new Int8Array(count * 2);
  for (let at = 0; at < count; at++) {
    const { low, high } = findExtremes(pairs, at * levelFactor, (at + 1) * levelFactor);
    reduced[at * 2] = low;
    reduced[at * 2 + 1] = high;
  }
  return { pairs: reduced, perSecond: perSecond / levelFactor };
}

function findExtremes(pairs: Int8Array, first: number, end: number): { readonly low: number; readonly high: number } {
  let [low, high] = [0, 0];
  for (let at = first; at < end; at++) {
    low = Math.min(low, pairs[at * 2] ?? 0);
    high = Math.max(high, pairs[at * 2 + 1] ?? 0);
  }
  return { low, high };
}

/**
 * The loudest samples of a stretch, from the coarsest resolution that has some pairs in it.
 * @returns -128 to 127
 */
export function findPeak(
  peaks: Peaks,
  startMs: number,
  endMs: number,
): { readonly low: number; readonly high: number } {
  const seconds = (endMs - startMs) / 1000;
  const level = peaks.findLast(({ perSecond }) => perSecond * seconds >= minPairs) ?? peaks[0];
  if (level === undefined) return { low: 0, high: 0 };
  const first = Math.floor((startMs / 1000) * level.perSecond);
  return findExtremes(level.pairs, first, Math.max(first + 1, Math.ceil((endMs / 1000) * level.perSecond)));
}
