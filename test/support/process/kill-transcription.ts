/**
 * Kills, stops and suspends the processes of a transcription at random moments until it has completed anyway (Linux).
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import BetterSqlite from "better-sqlite3";
import { projectRoot } from "../paths.ts";
import type { Random } from "../random.ts";
import { childrenNamed, isAlive, listChildren, strike } from "./processes.ts";

const launcher = join(projectRoot, "electron/headless/archivist.mjs");
const maxStarts = 2_000;
/** The engine is ended after this many seconds without progress. */
const stallSeconds = 5;

/** Folders of a run. */
export interface Place {
  readonly dataFolder: string;
  readonly out: string;
}

export function newPlace(folder: string): Place {
  const dataFolder = mkdtempSync(join(folder, "data-"));
  return { dataFolder, out: join(dataFolder, "captions") };
}

export interface Run {
  readonly pid: number;
  readonly errors: () => string;
  readonly end: Promise<number | null>;
}

export interface KillOptions {
  /** Seconds of speech per chunk: the shorter, the more chunks. */
  readonly windowSeconds: number;
  /** Maximum time between two strikes, in milliseconds. */
  readonly maxWaitMs: number;
  /** Maximum number of strikes. */
  readonly maxStrikes: number;
}

export function start(recording: string, { dataFolder, out }: Place, windowSeconds: number): Run {
  const args = ["transcribe", recording, "--model", "archivist-demo-en", "--data-dir", dataFolder, "--out", out];
  const child = spawn(process.execPath, [launcher, ...args], {
    stdio: ["ignore", "ignore", "pipe"],
    env: {
      ...process.env,
      ARCHIVIST_SPEECH_BEAM_SIZE: "1",
      ARCHIVIST_SPEECH_WINDOW_SECONDS: String(windowSeconds),
      ARCHIVIST_SPEECH_STALL_SECONDS: String(stallSeconds),
      // The engine may die often without the job being given up.
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

/** The completed chunks, as they are stored. */
export function finishedPieces({ dataFolder }: Place): ReadonlyMap<string, ChunkRow> {
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

/** A kind of strike and its target. */
export type Blow =
  | "command killed"
  | "command interrupted"
  | "engine killed"
  | "engine hangs"
  | "ffmpeg killed"
  | "machine sleeps";

/** Strikes one random process of a run. @returns What was done; undefined if the target had already ended */
async function strikeOne(run: Run, pick: Random): Promise<Blow | undefined> {
  const [engine] = childrenNamed(run.pid, "whisper-host");
  const [ffmpeg] = childrenNamed(run.pid, "ffmpeg");
  const choices: readonly (readonly [Blow, () => boolean | Promise<boolean>])[] = [
    ["command killed", () => strike(run.pid, "SIGKILL")],
    ["command interrupted", () => strike(run.pid, "SIGINT")],
    ["machine sleeps", () => sleepAll([run.pid, ...listChildren(run.pid)], 500 + pick() * 7_000)],
    ...(engine === undefined
      ? []
      : ([
          ["engine killed", () => strike(engine, "SIGKILL")],
          ["engine killed", () => strike(engine, "SIGKILL")],
          ["engine hangs", () => strike(engine, "SIGSTOP")],
        ] as const)),
    ...(ffmpeg === undefined ? [] : ([["ffmpeg killed", () => strike(ffmpeg, "SIGKILL")]] as const)),
  ];
  const [blow, act] = choices[Math.floor(pick() * choices.length)] ?? [];
  if (blow === undefined || act === undefined || !isAlive(run.pid)) return undefined;
  return (await act()) ? blow : undefined;
}

/** Simulates suspend: all processes stop, and time has passed when they continue. */
async function sleepAll(pids: readonly number[], ms: number): Promise<boolean> {
  const asleep = pids.filter((pid) => strike(pid, "SIGSTOP"));
  await wait(ms);
  for (const pid of asleep) strike(pid, "SIGCONT");
  return asleep.length > 0;
}

/** A process that is still running after this many milliseconds will not end by itself. */
const patienceMs = 60_000;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function endOfAll(pids: readonly number[]): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (pids.some(isAlive)) {
    if (performance.now() > deadline) throw new Error(`${pids.filter(isAlive).length} processes outlived the command`);
    await wait(10);
  }
}

export interface Tally {
  starts: number;
  readonly blows: Map<Blow, number>;
}

export const blowCount = ({ blows }: Tally): number => [...blows.values()].reduce((sum, count) => sum + count, 0);

/**
 * Runs the command until it reports that the job is done, striking at random moments.
 * @throws Error if a completed chunk is done again, the catalog is damaged, or a process is left behind
 */
export async function killTranscriptionAtRandom(
  recording: string,
  place: Place,
  pick: Random,
  options: KillOptions,
): Promise<Tally> {
  const tally: Tally = { starts: 0, blows: new Map() };
  let finished: ReadonlyMap<string, ChunkRow> = new Map();
  while (tally.starts < maxStarts) {
    tally.starts++;
    const run = start(recording, place, options.windowSeconds);
    const ended = run.end.then(() => true);
    while (!(await Promise.race([ended, wait(pick() * options.maxWaitMs).then(() => false)]))) {
      if (blowCount(tally) >= options.maxStrikes) {
        await ended;
        break;
      }
      const children = listChildren(run.pid);
      const blow = await strikeOne(run, pick);
      if (blow === undefined) continue;
      tally.blows.set(blow, (tally.blows.get(blow) ?? 0) + 1);
      if (blow.startsWith("command")) {
        await run.end;
        await endOfAll(children);
      }
    }
    const code = await run.end;
    const now = finishedPieces(place);
    for (const [id, row] of finished) {
      if (!isDeepStrictEqual(now.get(id), row)) throw new Error(`a finished piece was done again: ${id}`);
    }
    finished = now;
    if (code === 0) return tally;
    if (code === 2) throw new Error(run.errors());
  }
  throw new Error(`the work was not done after ${maxStarts} starts`);
}
