/**
 * A hundred thousand damaged caption files of every registered format: each is read, checked and written again, or
 * refused, without a crash, a hang or memory that grows. Then files that are made to exhaust a reader: the time of each
 * format may grow with their length and no faster. `SOAK_SEED` repeats a run's files, `SOAK_FILES` says how many,
 * `SOAK_LENGTH` how long the hostile ones begin.
 */
import { captionFormatNames } from "../../electron/captions/formats/format-names.ts";
import { NotCaptionsError } from "../../electron/captions/formats/read.ts";
import { checkCues } from "../../electron/captions/quality/checker.ts";
import { compareWithCues, encodeScc } from "../../electron/captions/scc/encode.ts";
import { parseCaptionFile } from "../../electron/editing/parse-caption-file.ts";
import { say } from "../support/bench/measure.ts";
import { damagedBytes, damagedFile } from "../support/captions/damaged-captions.ts";
import { measureGrowth } from "../support/captions/growth.ts";
import { listHostileShapes } from "../support/captions/hostile-captions.ts";
import { random } from "../support/random.ts";

/** A damaged file is a few kilobytes: reading it takes milliseconds. */
const maxMs = 2_000;
const maxMiB = 512;

function readAndWrite(bytes: Uint8Array): "read" | "refused" {
  try {
    const { cues } = parseCaptionFile(bytes, {});
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

/** Reads hostile files of n, 2n and 4n characters in every format. */
function tryHostileFiles(): void {
  const length = Number(process.env.SOAK_LENGTH ?? 100_000);
  for (const format of captionFormatNames) {
    let slowest = { name: "", ms: 0 };
    for (const shape of listHostileShapes(format)) {
      const { ms, isLinear } = measureGrowth(shape, length);
      const times = ms.map((each) => each.toFixed(0)).join(", ");
      if (!isLinear) throw new Error(`${format}, ${shape.name}: ${times} ms for ${length}, twice and four times that`);
      if ((ms[2] ?? 0) > slowest.ms) slowest = { name: shape.name, ms: ms[2] ?? 0 };
    }
    say(`${format}: linear; slowest of ${4 * length} characters: ${slowest.name}, ${slowest.ms.toFixed(0)} ms`);
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
    const pick = random(seed + file);
    const bytes = file % 2 === 0 ? Buffer.from(damagedFile(pick)) : damagedBytes(pick);
    const started = performance.now();
    try {
      counts[readAndWrite(bytes)]++;
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
  tryHostileFiles();
}
