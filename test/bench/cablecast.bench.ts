/**
 * Synchronising 30,000 shows with a practice station in a process of its own: everything, nothing new, and a hundred
 * changes, beside fetching the same answers and throwing them away.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import BetterSqlite from "better-sqlite3";
import { storeCredentials } from "../../electron/cablecast/connect.ts";
import { practiceCredentials } from "../../electron/cablecast/emulator/emulator.ts";
import { emptyShow } from "../../electron/cablecast/emulator/seed.ts";
import { tableNames } from "../../electron/cablecast/emulator/tables.ts";
import { FileSecrets } from "../../electron/config/secrets.ts";
import { measure, say } from "../support/bench/measure.ts";
import { projectRoot } from "../support/paths.ts";
import { startServing } from "../support/station/serving.ts";

const shows = 30_000;
const changes = 100;
const launcher = join(projectRoot, "electron/headless/archivist.mjs");

interface TableFile {
  nextId: number;
  tables: Record<string, Record<string, unknown>[]>;
}

const hoursAgo = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();

/** A station with many years behind it. */
function bigStation(): TableFile {
  const tables: TableFile["tables"] = Object.fromEntries(tableNames.map((name) => [name, []]));
  tables.locations = [{ id: 1, name: "Main", vodConfigurations: [1] }];
  tables.categories = [{ id: 20, name: "Government", location: 1 }];
  for (let index = 0; index < shows; index++) {
    const [id, vod, reel] = [1_000 + index * 3, 1_001 + index * 3, 1_002 + index * 3];
    const changed = hoursAgo(24 + (shows - index));
    const title = `Regular meeting ${index} of the council`;
    tables.shows?.push({
      ...emptyShow,
      id,
      title,
      cgTitle: title,
      comments: "A description as stations write it, with a sentence or two about what was decided. ".repeat(3),
      location: 1,
      category: 20,
      eventDate: changed,
      lastModified: changed,
      vods: [vod],
      reels: [reel],
    });
    tables.vods?.push({
      id: vod,
      show: id,
      vodState: "complete",
      isWatchable: true,
      views: index % 500,
      length: 7_200,
    });
    tables.reels?.push({ id: reel, show: id, reelNumber: 1, userFileName: `meeting ${index}.mp4` });
  }
  return { nextId: 1_000 + shows * 3, tables };
}

export async function bench(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "archivist-bench-"));
  const practice = join(folder, "practice");
  const station = bigStation();
  const save = (): void => {
    mkdirSync(join(practice, "practice-station"), { recursive: true });
    writeFileSync(join(practice, "practice-station", "cablecast.json"), JSON.stringify(station));
  };
  try {
    save();
    let server = await startServing(launcher, practice);
    const dataFolder = join(folder, "data");
    mkdirSync(dataFolder);
    const settings = (url: string): void =>
      writeFileSync(join(dataFolder, "settings.json"), JSON.stringify({ cablecast: { url } }));
    settings(server.url);
    await storeCredentials(new FileSecrets(join(dataFolder, "secrets.json"), {}), practiceCredentials);
    const env = { ...process.env, ARCHIVIST_DATA_DIR: dataFolder };
    const sync = (...more: readonly string[]) =>
      measure(process.execPath, [launcher, "cablecast", "sync", "--json", ...more], { env });
    say(`\n${shows.toLocaleString("en")} shows with a VOD and a file each`);
    const fetched = await fetchAll(server.url);
    const nothing = await measure(process.execPath, [launcher, "cablecast", "shows", "--limit", "1", "--json"], {
      env,
    });
    const tell = (name: string, { seconds, peakMiB }: { seconds: number; peakMiB: number }): void =>
      say(`${name.padEnd(44)} ${seconds.toFixed(2).padStart(7)} s  ${peakMiB.toFixed(0).padStart(5)} MiB`);
    tell("a command that only opens the station", nothing);
    say(`${"the same answers fetched and thrown away".padEnd(44)} ${fetched.toFixed(2).padStart(7)} s`);
    const first = await sync();
    tell("everything, the first time", first);
    tell("everything again", await sync("--full"));
    tell("nothing new", await sync());
    const before = readRows(dataFolder);
    await server.stop();
    for (let index = 0; index < changes; index++) {
      const show = station.tables.shows?.[index * 211];
      if (show) Object.assign(show, { title: `Edited ${index}`, lastModified: hoursAgo(0.5) });
    }
    save();
    server = await startServing(launcher, practice);
    settings(server.url);
    tell(`${changes} changes`, await sync());
    const after = readRows(dataFolder);
    const touched = [...after].filter(([id, row]) => before.get(id) !== row).length;
    say(`rows that are another one after that: ${touched} of ${after.size}`);
    say(`everything is ${(first.seconds / fetched).toFixed(2)} times the fetching alone`);
    await server.stop();
    if (touched !== changes || after.size !== shows) throw new Error("an incremental run touched something else");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Seconds for the same batches of shows, parsed and nothing more. */
async function fetchAll(url: string): Promise<number> {
  const started = performance.now();
  for (let at = 0; at < shows; at += 100) {
    const ids = Array.from({ length: 100 }, (_, index) => `ids%5B%5D=${1_000 + (at + index) * 3}`).join("&");
    const answer = await fetch(`${url}/cablecastapi/v1/shows?${ids}&page_size=100&include=reel,vod`);
    await answer.json();
  }
  return (performance.now() - started) / 1000;
}

function readRows(dataFolder: string): ReadonlyMap<number, string> {
  const catalog = new BetterSqlite(join(dataFolder, "catalog.db"), { readonly: true });
  const rows = catalog.prepare<[], { cablecast_id: number }>("SELECT * FROM cablecast_shows").all();
  catalog.close();
  return new Map(rows.map((row) => [row.cablecast_id, JSON.stringify(row)]));
}
