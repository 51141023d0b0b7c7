/**
 * Transcriptions under fire: the command, the speech engine and ffmpeg are ended at random moments, again and again,
 * until the work is done all the same; then the result is compared with that of an undisturbed run. And the memory of
 * the decode step on a six-hour recording beside a six-minute one.
 *
 * `SOAK_SEED` repeats a run's choices, `SOAK_ROUNDS` says how many recordings are done.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import BetterSqlite from "better-sqlite3";
import { decodeProgram, measureDecode } from "../support/decode-program.ts";
import { measure, row, say } from "../support/measure.ts";
import { lastingOutputs, leftovers } from "../support/outputs.ts";
import { projectRoot } from "../support/places.ts";
import { childrenNamed, childrenOf, isAlive, strike } from "../support/processes.ts";
import { type Random, random } from "../support/random.ts";
import { loopedSample } from "../support/recordings.ts";

const launcher = join(projectRoot, "electron/headless/archivist.mjs");
const minutes = 20;
/** Eighty pieces, each of about a second's work. */
const chunkMinutes = 0.25;
const longestWaitMs = 3_000;
const mostStarts = 300;

interface Place {
  readonly dataFolder: string;
  readonly out: string;
}

function newPlace(folder: string): Place {
  const dataFolder = mkdtempSync(join(folder, "data-"));
  return { dataFolder, out: join(dataFolder, "captions") };
}

interface Run {
  readonly pid: number;
  readonly errors: () => string;
  readonly end: Promise<number | null>;
}

function start(recording: string, { dataFolder, out }: Place): Run {
  const args = ["transcribe", recording, "--model", "archivist-demo-en", "--data-dir", dataFolder, "--out", out];
  const child = spawn(process.execPath, [launcher, ...args], {
    stdio: ["ignore", "ignore", "pipe"],
    env: {
      ...process.env,
      ARCHIVIST_SPEECH_BEAM_SIZE: "1",
      ARCHIVIST_SPEECH_CHUNK_MINUTES: String(chunkMinutes),
      // The engine may die often without the work being given up.
      ARCHIVIST_SPEECH_ATTEMPTS: "10",
    },
  });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  const end = new Promise<number | null>((resolve) => child.once("close", (code) => resolve(code)));
  return { pid: child.pid ?? -1, errors: () => errors, end };
}

interface ChunkRow {
  readonly id: string;
  readonly status: string;
  readonly attempts: number;
  readonly completed_date: string | null;
  readonly words: number;
}

/** The finished pieces, as they are stored. */
function finishedPieces({ dataFolder }: Place): ReadonlyMap<string, ChunkRow> {
  if (!readdirSync(dataFolder).includes("catalog.db")) return new Map();
  const catalog = new BetterSqlite(join(dataFolder, "catalog.db"));
  try {
    const problems = catalog.pragma("integrity_check", { simple: true });
    if (problems !== "ok") throw new Error(`the catalog is damaged: ${String(problems)}`);
    const tables = catalog.prepare("SELECT 1 FROM sqlite_master WHERE name = 'transcription_chunks'").all();
    if (tables.length === 0) return new Map();
    const rows = catalog
      .prepare<[], ChunkRow>(
        `SELECT id, status, attempts, completed_date, (SELECT count(*) FROM words WHERE chunk_id = c.id) AS words
         FROM transcription_chunks c WHERE status = 'completed'`,
      )
      .all();
    return new Map(rows.map((row) => [row.id, row]));
  } finally {
    catalog.close();
  }
}

type Victim = "command, SIGKILL" | "command, SIGINT" | "whisper-host, SIGKILL" | "ffmpeg, SIGKILL";

/** Ends one process of a run. @returns Which; nothing when there was none left. */
function strikeOne(run: Run, pick: Random): Victim | undefined {
  const [engine] = childrenNamed(run.pid, "whisper-host");
  const [ffmpeg] = childrenNamed(run.pid, "ffmpeg");
  const choices: readonly (readonly [Victim, number, NodeJS.Signals])[] = [
    ["command, SIGKILL", run.pid, "SIGKILL"],
    ["command, SIGINT", run.pid, "SIGINT"],
    ...(engine === undefined ? [] : [["whisper-host, SIGKILL", engine, "SIGKILL"] as const]),
    ...(ffmpeg === undefined ? [] : [["ffmpeg, SIGKILL", ffmpeg, "SIGKILL"] as const]),
  ];
  const [victim, pid, signal] = choices[Math.floor(pick() * choices.length)] ?? [];
  if (victim === undefined || pid === undefined || signal === undefined || !isAlive(run.pid)) return undefined;
  return strike(pid, signal) ? victim : undefined;
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function endOfAll(pids: readonly number[], withinMs: number): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (pids.some(isAlive)) {
    if (performance.now() > deadline) throw new Error(`${pids.filter(isAlive).length} processes outlived the command`);
    await wait(10);
  }
}

interface Tally {
  starts: number;
  readonly strikes: Map<Victim, number>;
}

/** Runs the command until it says that the work is done, striking at random moments. */
async function underFire(recording: string, place: Place, pick: Random, tally: Tally): Promise<void> {
  let finished: ReadonlyMap<string, ChunkRow> = new Map();
  for (let starts = 1; starts <= mostStarts; starts++) {
    tally.starts++;
    const run = start(recording, place);
    const ended = run.end.then(() => true);
    while (!(await Promise.race([ended, wait(pick() * longestWaitMs).then(() => false)]))) {
      const children = childrenOf(run.pid);
      const victim = strikeOne(run, pick);
      if (victim === undefined) continue;
      tally.strikes.set(victim, (tally.strikes.get(victim) ?? 0) + 1);
      if (victim.startsWith("command")) {
        await run.end;
        await endOfAll(children, 5_000);
      }
    }
    const code = await run.end;
    const now = finishedPieces(place);
    for (const [id, row] of finished)
      if (!isDeepStrictEqual(now.get(id), row)) throw new Error(`a finished piece was done again: ${id}`);
    finished = now;
    if (code === 0) return;
    if (code === 2) throw new Error(run.errors());
  }
  throw new Error(`the work was not done after ${mostStarts} starts`);
}

async function soakKills(folder: string): Promise<void> {
  const seed = Number(process.env.SOAK_SEED ?? Math.floor(Math.random() * 1e9));
  const rounds = Number(process.env.SOAK_ROUNDS ?? 4);
  say(`Random ends: ${rounds} recordings of ${minutes} minutes, SOAK_SEED=${seed}`);
  const pick = random(seed);
  const recording = loopedSample(folder, minutes);
  const calm = newPlace(folder);
  const undisturbed = start(recording, calm);
  if ((await undisturbed.end) !== 0) throw new Error(undisturbed.errors());
  const expected = lastingOutputs(calm.out);
  const pieces = finishedPieces(calm).size;
  for (let round = 1; round <= rounds; round++) {
    const place = newPlace(folder);
    const tally: Tally = { starts: 0, strikes: new Map() };
    await underFire(recording, place, pick, tally);
    const result = lastingOutputs(place.out);
    const differing = Object.keys({ ...expected, ...result }).filter((name) => result[name] !== expected[name]);
    if (differing.length > 0) throw new Error(`differs from the undisturbed run: ${differing.join(", ")}`);
    const litter = leftovers([place.dataFolder]);
    if (litter.length > 0) throw new Error(`left behind: ${litter.join(", ")}`);
    const strikes = [...tally.strikes].map(([victim, count]) => `${count} × ${victim}`).join(", ");
    say(`  ${round}: ${tally.starts} starts (${strikes}): ${pieces} pieces done once each, same files`);
  }
}

/** Memory that the decode step needs beyond ffmpeg's own (which keeps an index of the whole file), in MiB. */
async function ownMemory(folder: string, minutesOfSound: number): Promise<number> {
  const recording = loopedSample(folder, minutesOfSound);
  const sound = join(folder, "plain.pcm");
  const plain = ["-nostdin", "-v", "error", "-y", "-i", recording, "-ar", "16000", "-ac", "1", "-f", "s16le", sound];
  const ffmpeg = await measure("ffmpeg", plain);
  const ours = await measureDecode(decodeProgram(folder, recording));
  rmSync(sound);
  say(row(`ffmpeg alone, ${minutesOfSound} minutes`, ffmpeg));
  say(row(`decode with peaks and silences, ${minutesOfSound} minutes`, ours));
  if (Math.abs(ours.durationMs - minutesOfSound * 60_000) > 100) throw new Error(`it became ${ours.durationMs} ms`);
  return ours.peakMiB - ffmpeg.peakMiB;
}

async function soakLength(folder: string): Promise<void> {
  const growth = (await ownMemory(folder, 360)) - (await ownMemory(folder, 6));
  say(`Sixty times the sound takes ${growth.toFixed(0)} MiB more beside ffmpeg`);
  // The peaks of six hours are 4 MB; the rest is what the garbage collector has not got round to.
  if (growth > 64) throw new Error("memory grows with the length of the recording");
}

export async function soak(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "archivist-soak-"));
  try {
    await soakLength(folder);
    await soakKills(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
