/** Two hundred window plans at random over real speech: no word is lost or doubled where two windows meet. */
import { say } from "../../bench/measure.ts";
import { random } from "../../random.ts";
import { findRealModel, findSpeechSet, type SpeechSetName } from "./speech-sets.ts";
import { measureJoints } from "./window-joints.ts";

const model = "base-q8_0";
/** The long recording has as many joints in a plan as the short ones in ten. */
const shares: readonly (readonly [SpeechSetName, number])[] = [
  ["council-a", 0.1],
  ["comite-c", 0.45],
  ["reading-human", 0.45],
];

/** @param plans how many plans, over all recordings. @throws Error with every word that is lost or doubled */
export async function soakJoints(plans: number, seed: number): Promise<void> {
  if (findRealModel(model) === undefined) {
    return say(`The model ${model} is not on this machine (ARCHIVIST_BENCH_MODELS names its folder).`);
  }
  const next = random(seed);
  const all: string[] = [];
  for (const [name, share] of shares) {
    const set = findSpeechSet(name);
    if (set === undefined) {
      say(`The recording ${name} is not on this machine (ARCHIVIST_BENCH_SETS names its folder).`);
      continue;
    }
    const sizes = Array.from({ length: Math.round(plans * share) }, () => Math.round((5 + next() * 25) * 10) / 10);
    const { joints, faults } = await measureJoints(set, model, sizes);
    say(`  ${name}, ${model}: ${sizes.length} plans, ${joints} joints, ${faults.length} words lost or doubled`);
    for (const fault of faults) say(`    ${fault}`);
    all.push(...faults.map((fault) => `${name}: ${fault}`));
  }
  if (all.length > 0) throw new Error(all.join("\n"));
}
