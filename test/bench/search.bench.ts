/** The search through a thousand meetings, nine million words. */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCatalog } from "../../electron/catalog/open.ts";
import { findText } from "../../electron/catalog/repositories/meeting-text.ts";
import { storeMachineVersion } from "../../electron/catalog/repositories/versions.ts";
import { median, say } from "../support/bench/measure.ts";
import { addMeeting } from "../support/bench/meetings.ts";
import { random } from "../support/random.ts";

const meetings = 1_000;
const cuesOfMeeting = 1_200;
const wordsOfCue = 8;

/** Words as often as people say them: the first ones all the time, the last ones once. */
function vocabulary(next: () => number): () => string {
  const common =
    "the and to of a in that is we this motion street council item report budget project public hearing".split(" ");
  return () => {
    const rank = Math.floor(next() ** 3 * 40_000);
    return common[rank] ?? `word${rank}`;
  };
}

export async function bench(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "archivist-bench-"));
  try {
    const file = join(folder, "catalog.db");
    const catalog = openCatalog(file, join(folder, "backups"));
    const next = random(7);
    const word = vocabulary(next);
    const started = performance.now();
    for (let index = 0; index < meetings; index++) {
      const filename = `meeting ${index}.mp4`;
      const { id } = addMeeting(catalog, { number: index, filename, durationMs: 7_200_000 });
      const cues = Array.from({ length: cuesOfMeeting }, (_, at) => ({
        startMs: at * 6_000,
        endMs: at * 6_000 + 5_000,
        lines: [Array.from({ length: wordsOfCue }, word).join(" ")],
      }));
      storeMachineVersion(catalog, id, cues);
    }
    const million = ((meetings * cuesOfMeeting * wordsOfCue) / 1e6).toFixed(1);
    const size = (statSync(file).size / 1024 ** 2).toFixed(0);
    const each = ((performance.now() - started) / meetings).toFixed(1);
    say(
      `\n${meetings} meetings, ${million} million words: ${size} MiB; a meeting is stored with its index in ${each} ms`,
    );
    for (const text of [
      "budget",
      "the",
      "motion street",
      '"public hearing"',
      "word39",
      "word12345",
      "street the and",
      "hea",
    ]) {
      const times: number[] = [];
      let total = 0;
      for (let round = 0; round < 15; round++) {
        const begun = performance.now();
        ({ total } = findText(catalog, text, 50, 0));
        times.push(performance.now() - begun);
      }
      const worst = Math.max(...times);
      say(
        `${text.padEnd(20)} ${String(total).padStart(9)} hits  ${median(times).toFixed(1).padStart(7)} ms, at most ${worst.toFixed(1)} ms (aim 100)`,
      );
    }
    catalog.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
