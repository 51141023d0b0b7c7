/** Runs `archivist run` on a queue of small jobs, killing it at random moments until everything is done (Linux). */
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import BetterSqlite from "better-sqlite3";
import { projectRoot, sampleVideo } from "../paths.ts";
import { childrenNamed, isAlive, processesMarked, strike } from "../process/processes.ts";
import type { Random } from "../random.ts";

const launcher = join(projectRoot, "electron/headless/archivist.mjs");

export interface KilledStation {
  readonly dataFolder: string;
  readonly share: string;
  /** Number of recordings on the share. */
  readonly recordings: number;
}

/** A station with small recordings on a share, all of them in the queue. */
export function newStation(folder: string, recordings: number, seconds: number): KilledStation {
  const dataFolder = join(folder, "data");
  const share = join(folder, "share");
  mkdirSync(dataFolder);
  mkdirSync(share);
  for (let number = 0; number < recordings; number++) {
    const from = (number * 7) % 120;
    const path = join(share, `2026-03-0${1 + (number % 9)} council ${number}.mp4`);
    const cut = ["-ss", String(from), "-i", sampleVideo, "-t", String(seconds + number * 0.04), "-c", "copy"];
    execFileSync("ffmpeg", ["-nostdin", "-loglevel", "error", "-y", ...cut, path]);
  }
  const settings = {
    shares: { servers: [{ path: share, label: "Share", mustBeMounted: false }], checkSeconds: 1 },
    cities: { members: [{ name: "Oakdale", shares: ["Share"] }] },
    speech: { model: "archivist-demo-en", beamSize: 1, threads: 1, windowSeconds: 5, attempts: 10 },
    queue: { maxJobs: 10_000, retrySeconds: 0, attempts: 20, crashLimit: 1_000_000 },
    intake: { automatic: false, pollSeconds: 1, minAgeSeconds: 0, stablePolls: 1 },
  };
  writeFileSync(join(dataFolder, "settings.json"), JSON.stringify(settings));
  const files = readdirSync(share).map((name) => join(share, name));
  command(dataFolder, ["jobs", "add", ...files]);
  return { dataFolder, share, recordings };
}

export function command(dataFolder: string, args: readonly string[]): string {
  return execFileSync(process.execPath, [launcher, ...args, "--data-dir", dataFolder], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
}

interface Work {
  /** Completed chunks and ended jobs, which must never be undone. */
  readonly pieces: ReadonlyMap<string, string>;
  readonly ended: ReadonlyMap<string, string>;
  readonly open: number;
}

export function readWork({ dataFolder }: KilledStation): Work {
  const catalog = new BetterSqlite(join(dataFolder, "catalog.db"));
  try {
    const problems = catalog.pragma("integrity_check", { simple: true });
    if (problems !== "ok") throw new Error(`the catalog is damaged: ${String(problems)}`);
    const pieces = catalog
      .prepare<[], { id: string; done: string }>(
        `SELECT c.id AS id, c.completed_date || ' ' || (SELECT count(*) FROM words w WHERE w.chunk_id = c.id) AS done
         FROM transcription_chunks c WHERE c.status = 'completed'`,
      )
      .all();
    const jobs = catalog
      .prepare<[], { id: string; state: string; completed_date: string | null }>(
        "SELECT id, state, completed_date FROM jobs",
      )
      .all();
    const isOpen = (state: string): boolean => ["queued", "running", "waiting"].includes(state);
    return {
      pieces: new Map(pieces.map(({ id, done }) => [id, done])),
      ended: new Map(
        jobs.filter(({ state }) => !isOpen(state)).map((job) => [job.id, `${job.state} ${job.completed_date}`]),
      ),
      open: jobs.filter(({ state }) => isOpen(state)).length,
    };
  } finally {
    catalog.close();
  }
}

function requireKept(before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>, what: string): void {
  for (const [id, value] of before) {
    if (now.get(id) !== value) throw new Error(`${what} ${id} was "${value}" and is "${now.get(id)}"`);
  }
}

/** A process that is still running after this many milliseconds will not end by itself. */
const patienceMs = 60_000;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export interface KillTally {
  kills: number;
  /** Number of kills of the station itself, its speech engine, and ffmpeg. */
  readonly blows: Record<"station" | "engine" | "ffmpeg", number>;
  starts: number;
  /** Processes that outlived their station and did not end by themselves. */
  orphans: number;
}

/**
 * Runs the station, killing it at random moments, until all jobs have ended and `kills` kills have been made.
 * @param moreWork adds jobs when none are left before enough kills have been made
 * @throws Error if completed work is undone, or the catalog is damaged
 */
export async function killStationAtRandom(
  station: KilledStation,
  pick: Random,
  kills: number,
  maxWaitMs: number,
  moreWork: () => void = () => undefined,
): Promise<KillTally> {
  const tally: KillTally = { kills: 0, blows: { station: 0, engine: 0, ffmpeg: 0 }, starts: 0, orphans: 0 };
  let before = readWork(station);
  for (;;) {
    if (before.open === 0) {
      if (tally.kills >= kills) return tally;
      moreWork();
    }
    tally.starts++;
    const mark = `UNDER_FIRE=${station.dataFolder} ${tally.starts}.`;
    const child = spawn(process.execPath, [launcher, "run", "--until-idle", "--data-dir", station.dataFolder], {
      stdio: "ignore",
      env: { ...process.env, UNDER_FIRE: mark.slice("UNDER_FIRE=".length) },
    });
    const pid = child.pid ?? -1;
    const ended = new Promise<true>((resolve) => child.once("close", () => resolve(true)));
    while (!(await Promise.race([ended, wait(pick() * maxWaitMs).then(() => false)]))) {
      if (tally.kills >= kills) {
        await ended;
        break;
      }
      strikeOne(pid, pick, tally);
    }
    await ended;
    const deadline = performance.now() + patienceMs;
    const living = (): number => processesMarked(mark).filter(isAlive).length;
    while (living() > 0 && performance.now() < deadline) await wait(20);
    tally.orphans += living();
    const now = readWork(station);
    requireKept(before.pieces, now.pieces, "the piece");
    requireKept(before.ended, now.ended, "the job");
    before = now;
  }
}

function strikeOne(pid: number, pick: Random, tally: KillTally): void {
  const [engine] = childrenNamed(pid, "whisper-host");
  const [ffmpeg] = childrenNamed(pid, "ffmpeg");
  const chance = pick();
  if (chance < 0.15 && engine !== undefined && strike(engine, "SIGKILL")) tally.blows.engine++;
  else if (chance < 0.25 && ffmpeg !== undefined && strike(ffmpeg, "SIGKILL")) tally.blows.ffmpeg++;
  else if (strike(pid, "SIGKILL")) tally.blows.station++;
  else return;
  tally.kills++;
}
