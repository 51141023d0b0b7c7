/** The fault table of speech: whatever happens during a long job, no finished piece is lost and the result is the same. */
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Clock } from "../../electron/platform/clock.ts";
import { findModel } from "../../electron/speech/models/found-models.ts";
import { openStation } from "../../electron/station.ts";
import { loopedSample } from "../support/media/recordings.ts";
import { demoModel, sampleVideo } from "../support/paths.ts";
import { archivist, startArchivist } from "../support/process/archivist.ts";
import {
  blowCount,
  finishedPieces,
  killTranscriptionAtRandom,
  newPlace,
  start,
} from "../support/process/kill-transcription.ts";
import { childrenNamed } from "../support/process/processes.ts";
import { random } from "../support/random.ts";
import { lastingOutputs, leftovers } from "../support/station/outputs.ts";
import { canMakeDisks, smallDisk } from "../support/station/small-disk.ts";
import { temporaryFolder } from "../support/temporary.ts";

/** With a beam, pieces are recognized one after the other. */
const onePieceAtATime = { ARCHIVIST_SPEECH_BEAM_SIZE: "2" };

const transcribeArgs = (out: string, model = "archivist-demo-en"): readonly string[] => [
  "transcribe",
  sampleVideo,
  "--model",
  model,
  "--out",
  out,
];

async function undisturbed(env: Readonly<Record<string, string>> = onePieceAtATime) {
  const out = join(temporaryFolder(), "out");
  expect(await archivist(transcribeArgs(out), { env })).toMatchObject({ code: 0 });
  return lastingOutputs(out);
}

const inPiece = (number: number) => (line: string) => line.includes(`piece ${number} of 5`);

test("some blows at random: kills, hangs, sleep (two hundred in the soak)", async () => {
  const folder = temporaryFolder();
  const recording = loopedSample(folder, 3);
  const calm = newPlace(folder);
  const options = { windowSeconds: 8, maxWaitMs: 700, maxStrikes: 8 };
  expect(await start(recording, calm, options.windowSeconds).end).toBe(0);
  const place = newPlace(folder);
  const tally = await killTranscriptionAtRandom(recording, place, random(Date.now() % 1_000_000), options);
  expect(blowCount(tally)).toBeGreaterThanOrEqual(3);
  expect(finishedPieces(place).size).toBe(finishedPieces(calm).size);
  expect(lastingOutputs(place.out)).toEqual(lastingOutputs(calm.out));
  expect(leftovers([place.dataFolder])).toEqual([]);
});

test.runIf(canMakeDisks)(
  "a disk that is full when a piece is stored: what was done stays, and it goes on when there is room",
  async () => {
    await using disk = smallDisk(64);
    const dataFolder = join(disk.folder, "data");
    const out = join(temporaryFolder(), "out");
    const program = startArchivist(transcribeArgs(out), { dataFolder, env: onePieceAtATime });
    await program.line(inPiece(3));
    // All but a few kilobytes: the catalog's journal has no room to grow.
    const { bavail, bsize } = statfsSync(disk.folder);
    const filler = join(disk.folder, "filler");
    writeFileSync(filler, Buffer.alloc(bavail * bsize));
    const { code } = await program.exit;
    const done = finishedPieces({ dataFolder, out }).size;
    expect(code).toBe(1);
    expect(program.stderr()).toMatch(/disk is full|no space|database/i);
    expect(done).toBeGreaterThanOrEqual(2);
    expect(done).toBeLessThan(5);
    rmSync(filler);
    const second = startArchivist(transcribeArgs(out), { dataFolder, env: onePieceAtATime });
    expect(await second.exit).toMatchObject({ code: 0 });
    expect(second.stderr()).not.toMatch(/piece [12] of 5/);
    expect(lastingOutputs(out)).toEqual(await undisturbed());
  },
);

describe("a model file that is deleted while it is in use", () => {
  function ownModel(): { readonly dataFolder: string; readonly model: string; readonly out: string } {
    const dataFolder = temporaryFolder();
    mkdirSync(join(dataFolder, "models"));
    const model = join(dataFolder, "models", "ggml-own.bin");
    copyFileSync(demoModel, model);
    return { dataFolder, model, out: join(dataFolder, "out") };
  }

  test("is not missed by an engine that has it", async () => {
    const { dataFolder, model, out } = ownModel();
    const program = startArchivist(transcribeArgs(out, "own"), { dataFolder, env: onePieceAtATime });
    await program.line(inPiece(2));
    rmSync(model);
    expect(await program.exit).toMatchObject({ code: 0 });
    expect(lastingOutputs(out)["sample-meeting.scc"]).toEqual((await undisturbed())["sample-meeting.scc"]);
  });

  test("is an error with a remedy for one that has to load it again, and the work goes on when it is back", async () => {
    const { dataFolder, model, out } = ownModel();
    const program = startArchivist(transcribeArgs(out, "own"), { dataFolder, env: onePieceAtATime });
    await program.line(inPiece(3));
    renameSync(model, `${model}.away`);
    for (const pid of childrenNamed(program.pid, "whisper-host")) process.kill(pid, "SIGKILL");
    expect(await program.exit).toMatchObject({ code: 1 });
    expect(program.stderr()).toMatch(/the speech model is not on this machine\. Get one under Settings, Models/);
    renameSync(`${model}.away`, model);
    const second = startArchivist(transcribeArgs(out, "own"), { dataFolder, env: onePieceAtATime });
    expect(await second.exit).toMatchObject({ code: 0 });
    expect(second.stderr()).not.toMatch(/piece [12] of 5/);
    expect(lastingOutputs(out)["sample-meeting.scc"]).toEqual((await undisturbed())["sample-meeting.scc"]);
  });
});

test("a clock that jumps, both ways, by days and with every piece, changes nothing but dates", async () => {
  let jumps = 0;
  const clock: Clock = {
    now: () => new Date(Date.now() + (jumps++ % 2 === 0 ? -1 : 1) * jumps * 86_400_000),
    monotonicMs: () => performance.now(),
  };
  const dataFolder = temporaryFolder();
  const environment = { ARCHIVIST_SPEECH_BEAM_SIZE: "1", ARCHIVIST_SPEECH_THREADS: "1" };
  const station = openStation({ dataFolder, environment, clock, purpose: "test" });
  try {
    const out = join(dataFolder, "out");
    const outcome = await station.transcribe({
      path: sampleVideo,
      model: findModel("archivist-demo-en", station.modelsFolder),
      language: "en",
      translate: false,
      city: undefined,
      glossaryName: undefined,
      formats: ["scc", "vtt", "srt", "txt", "json"],
      out,
      force: false,
    });
    expect(outcome.status).toBe("completed");
    expect(jumps).toBeGreaterThan(10);
    // The wall clock jumps by a day at least: no step has a jump in it.
    expect(outcome.steps.every(({ seconds }) => seconds >= 0 && seconds < 43_200)).toBe(true);
    expect(lastingOutputs(out)).toEqual(await undisturbed({}));
    expect(existsSync(join(out, "sample-meeting.report.md"))).toBe(true);
  } finally {
    await station.close();
  }
});
