/** A station that is killed again and again still ends every job once. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import BetterSqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { random } from "../support/random.ts";
import { killStationAtRandom, newStation, readWork } from "../support/station/kill-station.ts";
import { filesBelow, leftovers } from "../support/station/outputs.ts";
import { temporaryFolder } from "../support/temporary.ts";

test("kill -9 at twenty random moments of a busy queue (a thousand in the soak)", async () => {
  const station = newStation(temporaryFolder(), 8, 12);
  const tally = await killStationAtRandom(station, random(20), 20, 900);
  expect(tally.kills).toBe(20);
  expect(tally.orphans).toBe(0);
  const catalog = new BetterSqlite(join(station.dataFolder, "catalog.db"), { readonly: true });
  const states = catalog
    .prepare("SELECT state, count(*) AS count FROM jobs WHERE type = 'process' GROUP BY state")
    .all();
  // Small pictures are asked for when a job has ended: a kill right then leaves that to the next opening.
  const others = catalog.prepare("SELECT DISTINCT type, state FROM jobs WHERE type <> 'process'").all();
  const results = catalog.prepare("SELECT count(DISTINCT transcription_id) AS count FROM jobs").get();
  catalog.close();
  expect(states).toEqual([{ state: "completed", count: 8 }]);
  expect(others).toEqual([{ type: "pictures", state: "completed" }]);
  expect(results).toEqual({ count: 8 });
  expect(readWork(station).open).toBe(0);
  expect(leftovers([station.dataFolder, station.share])).toEqual([]);
  // Seven files for each recording, beside it on its share.
  const written = filesBelow(join(station.share, "transcriptions"));
  expect(written).toHaveLength(8 * 7);
  expect(readdirSync(station.share)).toHaveLength(9);
});
