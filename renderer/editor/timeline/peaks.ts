/** Loads the waveform of a recording in audiowaveform's format (`.dat`, version 1, 8 bits). */
const headerBytes = 20;

export interface Peaks {
  /** Minimum and maximum alternating, -128 to 127. */
  readonly pairs: Int8Array;
  readonly perSecond: number;
}

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
  return { pairs: new Int8Array(buffer, headerBytes), perSecond: rate / samples };
}
