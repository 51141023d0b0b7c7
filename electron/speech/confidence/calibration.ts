/**
 * What a model's probabilities mean: the share of words that are wrong, by the probability that the model gave them,
 * measured on recordings with their truth (README.md). Models are sure of themselves in different ways: a word at 0.45
 * is right three times out of four, and a word that a second model heard otherwise is wrong every second time.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Word } from "../../captions/word.ts";
import { toFamily, withoutPrecision } from "../models/model-name.ts";
import type { Disagreement } from "./compare-hearings.ts";

/** Whether a second model heard the word as well: `alone` where there is none. */
export const hearings = ["alone", "agreed", "disagreed"] as const;
export type Hearing = (typeof hearings)[number];

const bandSchema = z.object({
  /** Lowest and highest probability of the band. */
  from: z.number().min(0).max(1),
  to: z.number().min(0).max(1),
  words: z.number().int().nonnegative(),
  /** Words of them that were wrong: another word was said, or none. */
  wrong: z.number().int().nonnegative(),
});
export type Band = z.infer<typeof bandSchema>;

const calibrationSchema = z.object({
  /** Name of the model without its quantization, such as `base`. */
  model: z.string(),
  /** Name of the model that heard the same. */
  second: z.string(),
  bands: z.record(z.enum(hearings), z.array(bandSchema).min(2)),
});
export type Calibration = z.infer<typeof calibrationSchema>;

/** In order of size. */
let calibrationsRead: readonly [Calibration, ...Calibration[]] | undefined;

/** Read when it is first needed: most commands recognize nothing. */
function readCalibrations(): readonly [Calibration, ...Calibration[]] {
  calibrationsRead ??= z
    .tuple([calibrationSchema], calibrationSchema)
    .parse(JSON.parse(readFileSync(join(import.meta.dirname, "calibration.json"), "utf8")));
  return calibrationsRead;
}

/** Larger files are no tiny model, quantized or not: tiny has 75 MiB as published. */
const maxTinyBytes = 80 * 1024 * 1024;

/**
 * Finds what the probabilities of a model mean: as measured for it, else as for another one of its family, else as for
 * the measured model whose size is nearest.
 */
export function findCalibration(model: { readonly name: string; readonly sizeBytes: number }): Calibration {
  const calibrations = readCalibrations();
  const name = withoutPrecision(model.name);
  const known =
    calibrations.find((each) => each.model === name) ??
    calibrations.find((each) => toFamily(each.model) === toFamily(name));
  const largest = calibrations.at(-1) ?? calibrations[0];
  return known ?? (model.sizeBytes <= maxTinyBytes ? calibrations[0] : largest);
}

/** Words that a band is given beforehand, at the share of wrong ones of all bands: a band of three words proves little. */
const priorWords = 4;

interface Point {
  readonly probability: number;
  readonly wrongShare: number;
}

/**
 * The share of wrong words at the middle of each band, never growing with the probability: neighbors in the wrong order
 * are put together (pool adjacent violators), because a few words too many in a band are chance.
 */
function toCurve(bands: readonly Band[]): readonly Point[] {
  const [words, wrong] = bands.reduce(([all, bad], band) => [all + band.words, bad + band.wrong], [0, 0]);
  const prior = wrong / Math.max(1, words);
  const pools: { words: number; wrong: number; readonly members: Band[] }[] = [];
  for (const band of bands) {
    pools.push({ words: band.words + priorWords, wrong: band.wrong + priorWords * prior, members: [band] });
    for (;;) {
      const [before, last] = [pools.at(-2), pools.at(-1)];
      if (before === undefined || last === undefined) break;
      if (before.wrong / before.words >= last.wrong / last.words) break;
      pools.pop();
      before.words += last.words;
      before.wrong += last.wrong;
      before.members.push(...last.members);
    }
  }
  return pools.flatMap((pool) =>
    pool.members.map(({ from, to }) => ({ probability: (from + to) / 2, wrongShare: pool.wrong / pool.words })),
  );
}

const curves = new WeakMap<readonly Band[], readonly Point[]>();

function getCurve(bands: readonly Band[]): readonly Point[] {
  const known = curves.get(bands);
  if (known !== undefined) return known;
  const curve = toCurve(bands);
  curves.set(bands, curve);
  return curve;
}

/** How much of the model's own order stays among words that the table takes for equally likely. */
const ownOrder = 0.02;

/**
 * How likely it is that a word is right, from 0 to 1.
 * @param probability what the model gave it, from 0 to 1
 */
export function toConfidence(probability: number, { bands }: Calibration, hearing: Hearing = "alone"): number {
  const curve = getCurve(bands[hearing]);
  const after = curve.findIndex((point) => point.probability >= probability);
  const high = curve[after] ?? curve.at(-1);
  const low = after <= 0 ? high : curve[after - 1];
  if (high === undefined || low === undefined) return probability;
  const span = high.probability - low.probability;
  const share = span === 0 ? 0 : (probability - low.probability) / span;
  const wrongShare = low.wrongShare + share * (high.wrongShare - low.wrongShare);
  return (1 - ownOrder) * (1 - wrongShare) + ownOrder * probability;
}

/**
 * Gives words the likelihood that they are right instead of what the model says of itself.
 * @param disagreements where a second model heard something else; undefined: there was no second model
 */
export function rateWords(
  words: readonly Word[],
  calibration: Calibration,
  disagreements?: readonly Disagreement[],
): readonly Word[] {
  const disputed = new Set(
    disagreements?.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, at) => from + at)),
  );
  return words.map((word, index) => {
    const hearing = disagreements === undefined ? "alone" : disputed.has(index) ? "disagreed" : "agreed";
    return { ...word, probability: toConfidence(word.probability, calibration, hearing) };
  });
}
