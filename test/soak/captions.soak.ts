/**
 * A hundred thousand damaged caption files: each is read, checked and written again, or refused, without a crash, a
 * hang or memory that grows. `SOAK_SEED` repeats a run's files, `SOAK_FILES` says how many.
 */
import { NotCaptionsError, readCaptions } from "../../electron/captions/formats/read.ts";
import { checkCues } from "../../electron/captions/quality/checker.ts";
import { compareWithCues, encodeScc } from "../../electron/captions/scc/encode.ts";
import { say } from "../support/bench/measure.ts";
import { damagedFile } from "../support/captions/damaged-captions.ts";
import { random } from "../support/random.ts";

/** A damaged file is a few kilobytes: reading it takes milliseconds. */
const maxMs = 2_000;
const maxMiB = 512;

function readAndWrite(text: string): "read" | "refused" {
  try {
    const { cues } = readCaptions(text);
    checkCues(cues);
    const inADay = cues.filter(({ endMs }) => endMs < 80_000_000);
    const difference = compareWithCues(encodeScc(inADay).text, inADay);
    if (difference !== undefined) throw new Error(difference);
    return "read";
  } catch (thrown) {
    if (thrown instanceof NotCaptionsError) return "refused";
    throw thrown;
  }
}

export async function soak(): Promise<void> {
  const files = Number(process.env.SOAK_FILES ?? 100_000);
  const seed = Number(process.env.SOAK_SEED ?? Math.floor(Math.random() * 1e9));
  say(`${files} damaged caption files, SOAK_SEED=${seed}`);
  const counts = { read: 0, refused: 0 };
  let slowestMs = 0;
  let peakMemory = 0;
  for (let file = 0; file < files; file++) {
    const text = damagedFile(random(seed + file));
    const started = performance.now();
    try {
      counts[readAndWrite(text)]++;
    } catch (thrown) {
      throw new Error(`file ${file} (SOAK_SEED=${seed + file}, SOAK_FILES=1)`, { cause: thrown });
    }
    const ms = performance.now() - started;
    slowestMs = Math.max(slowestMs, ms);
    if (ms > maxMs) throw new Error(`file ${file} took ${ms.toFixed(0)} ms (SOAK_SEED=${seed + file}, SOAK_FILES=1)`);
    if (file % 1_000 === 0) peakMemory = Math.max(peakMemory, process.memoryUsage().rss / 2 ** 20);
    if (peakMemory > maxMiB) throw new Error(`memory has grown to ${peakMemory.toFixed(0)} MiB`);
  }
  say(
    `${counts.read} read, ${counts.refused} refused; slowest ${slowestMs.toFixed(0)} ms, ${peakMemory.toFixed(0)} MiB at most`,
  );
}
