/** From what the self-test has measured to the time that a model takes for an hour of a meeting. */
import { computeWhisper, findCompute, findShape, type Precision, toPrecision } from "../models/model-compute.ts";
import { type MeasuredSpeed, measuredModel } from "./self-test.ts";

/** What an hour of a council meeting asks of a model: electron/speech/README.md, "Self-test", says where it is from. */
const meetingHour = { windows: 130, tokens: 14_500, overhead: 1.1 } as const;

/** The speed in a precision, else in the one that is nearest to it. */
function findSpeed(speeds: readonly MeasuredSpeed[], precision: Precision): MeasuredSpeed | undefined {
  return speeds.find((speed) => speed.precision === precision) ?? speeds[0];
}

/**
 * Estimates how long a published model takes: for one window, and for one token. The encoder's time grows with its
 * operations, the decoder's with the memory that it reads. Windows of large models are written alone, those of small ones
 * together: both have been measured.
 * @returns undefined for other models, and where nothing has been measured
 */
export function estimateSpeed(
  modelName: string,
  speeds: readonly MeasuredSpeed[],
): { readonly windowMs: number; readonly tokenMs: number } | undefined {
  const compute = findCompute(modelName);
  const speed = findSpeed(speeds, toPrecision(modelName));
  const shape = findShape(measuredModel);
  if (compute === undefined || speed === undefined || shape === undefined) return undefined;
  const measured = computeWhisper(shape, speed.precision);
  return {
    windowMs: (speed.windowMs * compute.windowGflop) / measured.windowGflop,
    tokenMs:
      ((compute.windowsAtOnce > 1 ? speed.sharedTokenMs : speed.tokenMs) * compute.tokenMegabytes) /
      measured.tokenMegabytes,
  };
}

/** Minutes that a published model takes for an hour of a meeting; undefined where that cannot be known. */
export function estimateMinutesPerHour(modelName: string, speeds: readonly MeasuredSpeed[]): number | undefined {
  const speed = estimateSpeed(modelName, speeds);
  if (speed === undefined) return undefined;
  const ms = meetingHour.windows * speed.windowMs + meetingHour.tokens * speed.tokenMs;
  return (ms * meetingHour.overhead) / 60_000;
}

/**
 * Speeds to assume where nothing has been measured yet: good enough to order the models, not to be shown.
 * @param threads that recognition uses
 */
export function assumeSpeeds(threads: number): readonly MeasuredSpeed[] {
  return [{ precision: "q8_0", windowMs: 1_500 / threads, tokenMs: 8, sharedTokenMs: 2.5, windowsAtOnce: 5 }];
}
