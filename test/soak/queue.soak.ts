/**
 * A busy queue of small jobs under a thousand blows: the station, its speech engine and its ffmpegs are killed at
 * random moments. Every job has to end once, every checkpoint has to hold, nothing may be left behind.
 *
 * `SOAK_KILLS` and `SOAK_SEED` say how many and which.
 */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import BetterSqlite from "better-sqlite3";
import { say } from "../support/bench/measure.ts";
import { random } from "../support/random.ts";
import { command, killStationAtRandom, newStation, readWork } from "../support/station/kill-station.ts";
import { filesBelow, leftovers } from "../support/station/outputs.ts";

const kills = Number(process.env.SOAK_KILLS ?? 1_000);
const seed = Number(process.env.SOAK_SEED ?? 5);
const recordings = 24;
const folder = mkdtempSync(join(tmpdir(), "archivist-soak-"));
try {
  const started = performance.now();
  const station = newStation(folder, recordings, 12);
  let jobs = recordings;
  // The same recordings once more, from nothing.
  const moreWork = (): void => {
    const files = readdirSync(station.share).filter((name) => name.endsWith(".mp4"));
    command(station.dataFolder, ["jobs", "add", "--force", ...files.map((name) => join(station.share, name))]);
    jobs += files.length;
  };
  const tally = await killStationAtRandom(station, random(seed), kills, 1_500, moreWork);
  const catalog = new BetterSqlite(join(station.dataFolder, "catalog.db"), { readonly: true });
  const states = catalog
    .prepare<[], { state: string; count: number }>("SELECT state, count(*) AS count FROM jobs GROUP BY state")
    .all();
  const ends = catalog
    .prepare<[], { most: number }>(
      "SELECT max(n) AS most FROM (SELECT count(*) AS n FROM job_history WHERE kind = 'completed' GROUP BY job_id)",
    )
    .get();
  catalog.close();
  const { pieces } = readWork(station);
  const left = leftovers([station.dataFolder, station.share]);
  const minutes = ((performance.now() - started) / 60_000).toFixed(1);
  const { station: own, engine, ffmpeg } = tally.blows;
  say(
    `${tally.kills} kills in ${minutes} minutes, ${tally.starts} starts: station ${own}, speech engine ${engine}, ffmpeg ${ffmpeg}`,
  );
  say(
    `${jobs} jobs: ${states.map(({ state, count }) => `${count} ${state}`).join(", ")}; each ended at most ${ends?.most} time`,
  );
  say(
    `${pieces.size} pieces of speech, none done twice; ${filesBelow(join(station.share, "transcriptions")).length} files on the share`,
  );
  say(`${tally.orphans} orphan processes, ${left.length} temporary files left`);
  const isGood =
    states.every(({ state }) => state === "completed") && ends?.most === 1 && tally.orphans === 0 && left.length === 0;
  if (!isGood)
    throw new Error(`not as it should be: ${JSON.stringify({ states, ends, orphans: tally.orphans, left })}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
