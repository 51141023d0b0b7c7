/** The ways in which a window is heard again when its first result is suspicious. */
import { type TimeSpan, totalMs } from "../../captions/time/span.ts";
import type { TranscribeOptions } from "../engine.ts";

export interface Strategy {
  readonly name: string;
  readonly options: Partial<TranscribeOptions>;
  /** Splits the chunk into parts that are recognized separately: a loop seldom begins twice. */
  readonly cut?: (stretches: readonly TimeSpan[]) => readonly (readonly TimeSpan[])[];
  /** Several windows at once, as the first time: names are written in them too. */
  readonly asWindows?: true;
}

/** Parts shorter than this, in milliseconds, are not worth their own window. */
export const minPartMs = 2_000;

/** Lists the methods in order: the first, then another search, then sampling instead of search, then shorter parts. */
export function listStrategies(beamSize: number): readonly [Strategy, ...Strategy[]] {
  return [
    { name: beamSize > 1 ? `beam ${beamSize}` : "greedy", options: {} },
    { name: beamSize > 1 ? "greedy" : "beam 5", options: { beamSize: beamSize > 1 ? 1 : 5, fallback: false } },
    { name: "halves", options: {}, cut: halve },
    { name: "temperature 0.4", options: { beamSize: 1, temperature: 0.4, fallback: false } },
    { name: "temperature 0.8", options: { beamSize: 1, temperature: 0.8, fallback: false } },
  ];
}

/** The methods after several windows were heard at once: the cheapest, which keeps the names, first. */
export function listWindowStrategies(beamSize: number): readonly Strategy[] {
  const beam = Math.max(5, beamSize);
  return [
    { name: "halves", options: {}, cut: halve, asWindows: true },
    { name: `beam ${beam}`, options: { beamSize: beam, fallback: false } },
    { name: "temperature 0.4", options: { beamSize: 1, temperature: 0.4, fallback: false } },
    { name: "temperature 0.8", options: { beamSize: 1, temperature: 0.8, fallback: false } },
  ];
}

/** Splits a chunk into two halves of about the same length, between two spans where possible, else in the middle. */
function halve(stretches: readonly TimeSpan[]): readonly (readonly TimeSpan[])[] {
  const half = totalMs(stretches) / 2;
  if (half < minPartMs) return [stretches];
  let beforeMs = 0;
  let index = 0;
  while (index < stretches.length - 1) {
    const { startMs, endMs } = stretches[index] as TimeSpan;
    if (beforeMs + endMs - startMs > half) break;
    beforeMs += endMs - startMs;
    index++;
  }
  const first = stretches.slice(0, index);
  const rest = stretches.slice(index);
  const middle = rest[0];
  if (middle === undefined || (first.length > 0 && Math.abs(beforeMs - half) < minPartMs)) return [first, rest];
  const cutMs = Math.round(middle.startMs + half - beforeMs);
  return [
    [...first, { startMs: middle.startMs, endMs: cutMs }],
    [{ startMs: cutMs, endMs: middle.endMs }, ...rest.slice(1)],
  ];
}
