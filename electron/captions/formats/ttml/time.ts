/** Time expressions of TTML: clock times with fractions or frames, and offsets with a unit. */
import { hourMs, minuteMs, secondMs } from "../../time/durations.ts";

/** The clock parameters of a document. */
export interface TtmlClock {
  /** Frames per second, including the frame rate multiplier. */
  readonly framesPerSecond: number;
  readonly ticksPerSecond: number;
  /**
   * Label counting under `timeBase="smpte"`: `nominal` labels per second, with or without drop-frame. Undefined for
   * media time, where a label is a clock time.
   */
  readonly labels: { readonly nominal: number; readonly dropFrame: boolean } | undefined;
}

/** Reads the clock parameters. @param parameter returns the value of a `ttp:` attribute of the root */
export function ttmlClock(parameter: (name: string) => string | undefined): TtmlClock {
  const positive = (text: string | undefined, fallback: number): number => {
    const number = Number(text);
    return Number.isFinite(number) && number > 0 ? number : fallback;
  };
  const base = positive(parameter("frameRate"), 30);
  const [numerator, denominator] = (parameter("frameRateMultiplier") ?? "1 1").trim().split(/[\s:]+/);
  const framesPerSecond = (base * positive(numerator, 1)) / positive(denominator, 1);
  const hasRate = parameter("frameRate") !== undefined;
  const isSmpte = parameter("timeBase") === "smpte";
  return {
    framesPerSecond,
    ticksPerSecond: positive(parameter("tickRate"), hasRate ? framesPerSecond : 1),
    labels: isSmpte ? { nominal: base, dropFrame: parameter("dropMode") === "dropNTSC" } : undefined,
  };
}

const unitMs: Readonly<Record<string, number>> = { h: hourMs, m: minuteMs, s: secondMs, ms: 1 };

/** Milliseconds of a time expression; undefined when it is not valid. */
export function parseTtmlTime(text: string, clock: TtmlClock): number | undefined {
  const label = /^(\d{1,4}):([0-5]\d):([0-5]\d|60)(?:[.,](\d{1,9})|[:;](\d{2,3})(?:\.\d{1,3})?)?$/.exec(text.trim());
  if (label) {
    const [, hours, minutes, seconds, fraction, frames] = label;
    const whole = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
    if (clock.labels !== undefined) {
      const { nominal, dropFrame } = clock.labels;
      const total = Math.floor(whole / 60);
      const dropped = dropFrame ? 2 * (total - Math.floor(total / 10)) : 0;
      const count = whole * nominal + Number(frames ?? 0) - dropped + Number(`0.${fraction ?? 0}`) * nominal;
      return (count * 1000) / clock.framesPerSecond;
    }
    const part = fraction === undefined ? 0 : Number(`0.${fraction}`);
    return (whole + part) * 1000 + (frames === undefined ? 0 : (Number(frames) * 1000) / clock.framesPerSecond);
  }
  const offset = /^(\d{1,12}(?:\.\d{1,9})?)(h|ms|m|s|f|t)$/.exec(text.trim());
  if (!offset) return undefined;
  const [, number, unit = ""] = offset;
  if (unit === "f") return (Number(number) * 1000) / clock.framesPerSecond;
  if (unit === "t") return (Number(number) * 1000) / clock.ticksPerSecond;
  return Number(number) * (unitMs[unit] ?? 1000);
}
