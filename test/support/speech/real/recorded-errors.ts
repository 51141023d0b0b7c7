/** The word errors that each recording had with each model when they were last recorded. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { projectRoot } from "../../paths.ts";

const recordedSchema = z.record(z.string(), z.record(z.string(), z.number().min(0)));

const recorded = recordedSchema.parse(
  JSON.parse(readFileSync(join(projectRoot, "test/speech/real/recorded-errors.json"), "utf8")),
);

/** Half a percent, and two words in a short recording: what another processor's rounding may cost. */
const margin = (words: number): number => Math.max(0.005, 2 / words);

/**
 * The highest share of word errors that a result may have, 0 to 1; undefined: none is recorded for it.
 * @param recording name of the recording, with ` with names` where a glossary was given
 * @param words words of truth
 */
export function findMaxErrors(model: string, recording: string, words: number): number | undefined {
  const rate = recorded[model]?.[recording];
  return rate === undefined ? undefined : rate + margin(words);
}
