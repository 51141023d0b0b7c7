/** Tests of real speech: skipped, with the reason as their title, where the models or recordings are missing. */
import { describe, test } from "vitest";
import { findRealModel, findSpeechSet, type SpeechSet, type SpeechSetName } from "./speech-sets.ts";

/** Says what is missing; undefined: everything is here. */
function findMissing(model: string, sets: readonly SpeechSetName[]): string | undefined {
  if (findRealModel(model) === undefined) {
    return `the speech model ${model} is not on this machine (ARCHIVIST_BENCH_MODELS names the folder of real models)`;
  }
  const set = sets.find((name) => findSpeechSet(name) === undefined);
  if (set === undefined) return undefined;
  return `the recording ${set} is not on this machine (ARCHIVIST_BENCH_SETS names the folder of recordings)`;
}

/**
 * Declares tests that need a real model and recordings.
 * @param body declares the tests, with the recordings in the order of their names
 */
export function describeRealSpeech(
  model: string,
  names: readonly SpeechSetName[],
  body: (sets: readonly SpeechSet[]) => void,
): void {
  const missing = findMissing(model, names);
  const title = [model, ...names].join(", ");
  if (missing !== undefined) test.skip(`${title}: ${missing}`);
  else describe(title, () => body(names.flatMap((name) => findSpeechSet(name) ?? [])));
}
