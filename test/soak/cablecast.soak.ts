/**
 * Publishing under random kills and random faults of the server: whatever happens, in the end every recording has one
 * show, one medium, one reel, one VOD and one set of chapters, and its captions are read back.
 *
 * `SOAK_KILLS` and `SOAK_SEED` say how many and which.
 */
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { storeCredentials } from "../../electron/cablecast/connect.ts";
import { type Emulator, practiceCredentials, startEmulator } from "../../electron/cablecast/emulator/emulator.ts";
import { type Faults, noFaults } from "../../electron/cablecast/emulator/faults.ts";
import { FileSecrets } from "../../electron/config/secrets.ts";
import { say } from "../support/bench/measure.ts";
import { projectRoot } from "../support/paths.ts";
import { random } from "../support/random.ts";
import { leftovers } from "../support/station/outputs.ts";
import { meetingAt } from "../support/station/station.ts";

const kills = Number(process.env.SOAK_KILLS ?? 200);
const seed = Number(process.env.SOAK_SEED ?? 6);
const recordings = 3;
const launcher = join(projectRoot, "electron/headless/archivist.mjs");

interface Ended {
  readonly code: number | null;
  readonly killed: boolean;
}

/** Runs a command; kills it after so many milliseconds, if it still runs. */
function run(dataFolder: string, args: readonly string[], killAfterMs?: number): Promise<Ended> {
  const env = { ...process.env, ARCHIVIST_DATA_DIR: dataFolder, ARCHIVIST_SPEECH_BEAM_SIZE: "1" };
  const child = spawn(process.execPath, [launcher, ...args], { env, stdio: "ignore" });
  const timer = killAfterMs === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), killAfterMs);
  return new Promise((resolve) => {
    child.once("exit", (code, signal) => {
      clearTimeout(timer);
      resolve({ code, killed: signal === "SIGKILL" });
    });
  });
}

/** Faults that a server may have for a while; all of them pass. */
function randomFaults(next: () => number): Partial<Faults> {
  const lost = ["shows", "media", "reels/batch", "vods", "chapters", "fileuploads"].map(
    (path) => `POST /cablecastapi/v1/${path}`,
  );
  const all: readonly Partial<Faults>[] = [
    {},
    { badGateways: 2 },
    { refuseWrites: true },
    { rejectCredentials: true },
    { slowMs: 30 },
    { htmlErrors: true, badGateways: 1 },
    { oldServer: true },
    { newServer: true },
    { noSideloads: true, mediasKey: true },
    { offsetMode: "item", postStatus: 201 },
    { lateAssets: true },
    { loseAnswers: [lost[Math.floor(next() * lost.length)] ?? ""] },
  ];
  return all[Math.floor(next() * all.length)] ?? {};
}

/** What is not there exactly once; empty: all is well. */
function wrongIn({ tables, content }: Emulator): readonly string[] {
  const wrong: string[] = [];
  const count = (what: string, actual: number, expected: number): void => {
    if (actual !== expected) wrong.push(`${actual} ${what} instead of ${expected}`);
  };
  const shows = tables.all("shows").filter(({ localId }) => typeof localId === "string");
  count("shows", shows.length, recordings);
  for (const name of ["media", "reels", "vods"] as const) count(name, tables.all(name).length, recordings);
  for (const vod of tables.all("vods")) {
    const chapters = tables.all("chapters").filter((chapter) => chapter.vod === vod.id);
    count("doubled chapters", chapters.length - new Set(chapters.map(({ offset }) => offset)).size, 0);
    if (chapters.length > 0 && vod.chaptersPublished !== true) wrong.push("chapters that nobody sees");
  }
  const names = readdirSync(content).filter((name) => !name.startsWith("."));
  count("files on the content drive", names.length, 2 * recordings);
  return wrong;
}

export async function soak(): Promise<void> {
  const next = random(seed);
  const folder = mkdtempSync(join(tmpdir(), "archivist-soak-"));
  const started = performance.now();
  const prepared = join(folder, "prepared");
  let [killed, commands, rounds] = [0, 0, 0];
  try {
    mkdirSync(prepared);
    writeFileSync(join(prepared, "settings.json"), JSON.stringify({ speech: { model: "archivist-demo-en" } }));
    for (let index = 0; index < recordings; index++) {
      const path = meetingAt(
        join(folder, "recordings", `2026-03-0${index + 1} Oakdale City Council.mp4`),
        40,
        index * 30,
      );
      await run(prepared, ["transcribe", path]);
    }
    while (killed < kills) {
      rounds++;
      const dataFolder = join(folder, `round-${rounds}`);
      cpSync(prepared, dataFolder, { recursive: true });
      const practice = join(folder, `practice-${rounds}`);
      const emulator = await startEmulator({ folder: practice, tools: { ffmpeg: "ffmpeg", ffprobe: "ffprobe" } });
      try {
        const cablecast = {
          url: emulator.url,
          contentFolder: emulator.content,
          pollSeconds: 0.02,
          watchableMinutes: 0.5,
          captionsMinutes: 0.2,
          retrySeconds: 0.01,
        };
        const settings = { speech: { model: "archivist-demo-en" }, publishing: { needsApproval: false }, cablecast };
        writeFileSync(join(dataFolder, "settings.json"), JSON.stringify(settings));
        await storeCredentials(new FileSecrets(join(dataFolder, "secrets.json"), {}), practiceCredentials);
        for (let blow = 0; blow < 8; blow++) {
          Object.assign(emulator.faults, noFaults(), randomFaults(next));
          commands++;
          // From before the first call to after the last one.
          const ended = await run(dataFolder, ["publish", "--all-ready"], 300 + next() * 1_500);
          if (ended.killed) killed++;
        }
        Object.assign(emulator.faults, noFaults());
        commands++;
        const { code } = await run(dataFolder, ["publish", "--all-ready"]);
        const wrong = [...wrongIn(emulator), ...leftovers([dataFolder])];
        if (code !== 0 || wrong.length > 0) {
          throw new Error(`round ${rounds} (seed ${seed}): exit code ${code}; ${wrong.join("; ")}`);
        }
      } finally {
        await emulator.close();
      }
    }
    const minutes = ((performance.now() - started) / 60_000).toFixed(1);
    say(
      `${killed} kills in ${minutes} minutes, ${commands} commands, ${rounds} stations with ${recordings} recordings:`,
    );
    say("one show, medium, reel, VOD and set of chapters of each, captions in their place, nothing left behind");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
