/** Spans of a decoded recording, in samples and in milliseconds. */
import type { TimeSpan } from "../captions/time/span.ts";

/** A span of raw sound at 16 kHz. */
export interface SampleRange {
  readonly startSample: number;
  readonly sampleCount: number;
}

const samplesPerMs = 16;

/**
 * Converts a span to samples.
 * @param totalSamples samples in the file: a length that was rounded to milliseconds must not ask for more
 */
export function toSampleRange({ startMs, endMs }: TimeSpan, totalSamples: number): SampleRange {
  const startSample = Math.round(startMs * samplesPerMs);
  return { startSample, sampleCount: Math.min(Math.round(endMs * samplesPerMs), totalSamples) - startSample };
}

/** Converts a range of samples to whole milliseconds. */
export function toTimeSpan({ startSample, sampleCount }: SampleRange): TimeSpan {
  const startMs = Math.floor(startSample / samplesPerMs);
  return { startMs, endMs: startMs + Math.floor(sampleCount / samplesPerMs) };
}
