/**
 * Two hours of a council chamber, made by a script: what is understood, what is said to be suspicious, whether times
 * drift and whether memory grows; two hundred blows at random moments of a long job; and real speech, recorded in seven
 * ways, with real models, and cut into windows in two hundred ways.
 *
 * `SOAK_SEED` repeats a run's choices; `SOAK_MINUTES`, `SOAK_BLOWS` and `SOAK_PLANS` (0: none) say how much is done, and
 * `SOAK_REAL=0` leaves the real speech out.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import BetterSqlite from "better-sqlite3";
import { say } from "../support/bench/measure.ts";
import { loopedSample } from "../support/media/recordings.ts";
import { sampleScript, sampleVideo } from "../support/paths.ts";
import {
  blowCount,
  finishedPieces,
  killTranscriptionAtRandom,
  newPlace,
  type Place,
  start,
  type Tally,
} from "../support/process/kill-transcription.ts";
import { childrenNamed } from "../support/process/processes.ts";
import { random } from "../support/random.ts";
import { makeLongMeeting } from "../support/speech/long-meeting.ts";
import { measureMeeting, measureStyledText } from "../support/speech/meeting-measures.ts";
import { soakJoints } from "../support/speech/real/soak-joints.ts";
import { soakRealSpeech } from "../support/speech/real/soak-real-speech.ts";
import { lastingOutputs, leftovers } from "../support/station/outputs.ts";

/** The demo model errs late in a window of thirty seconds (its README). */
const windowSeconds = 12;
/**
 * Share of the disturbances that do no harm or are told to be suspicious. The demo model writes a word or two into noise;
 * real ones do not (test/speech/real/no-speech.test.ts).
 */
const minHandled = 2 / 3;
/** What the garbage collector of the C library has not got round to, in MiB. */
const maxGrowthMiB = 8;

function fail(text: string): never {
  throw new Error(text);
}

interface Heard {
  readonly words: readonly { readonly text: string; readonly startMs: number; readonly endMs: number }[];
}

/** Runs the command to its end and watches the memory of its speech engine. */
async function transcribe(recording: string, place: Place): Promise<readonly { ms: number; mib: number }[]> {
  const began = performance.now();
  const run = start(recording, place, windowSeconds);
  const memory: { ms: number; mib: number }[] = [];
  const timer = setInterval(() => {
    const [host] = childrenNamed(run.pid, "whisper-host");
    if (host === undefined) return;
    try {
      const status = readFileSync(`/proc/${host}/status`, "utf8");
      const kib = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0);
      memory.push({ ms: performance.now() - began, mib: kib / 1024 });
    } catch {
      // It has just ended.
    }
  }, 200);
  const code = await run.end;
  clearInterval(timer);
  if (code !== 0) fail(run.errors());
  return memory;
}

const heardIn = ({ out }: Place, name: string): Heard =>
  JSON.parse(readFileSync(join(out, `${name}.json`), "utf8")) as Heard;

async function soakMeeting(folder: string, minutes: number, seed: number): Promise<void> {
  const recording = join(folder, "meeting.wav");
  const parts = makeLongMeeting(recording, { minutes, seed });
  const place = newPlace(folder);
  const began = performance.now();
  const memory = await transcribe(recording, place);
  const seconds = (performance.now() - began) / 1000;
  const catalog = new BetterSqlite(join(place.dataFolder, "catalog.db"), { readonly: true });
  const issues = catalog
    .prepare<[], { rule: string; atMs: number | null }>("SELECT rule, at_ms AS atMs FROM transcription_issues")
    .all();
  catalog.close();
  const measures = measureMeeting(parts, heardIn(place, "meeting").words, issues);

  const samplePlace = newPlace(folder);
  await transcribe(sampleVideo, samplePlace);
  const script = JSON.parse(readFileSync(sampleScript, "utf8")) as {
    readonly lines: readonly { readonly text: string }[];
  };
  const text = (timed: readonly { readonly text: string }[]): string => timed.map((each) => each.text).join(" ");
  const alone = measureStyledText(text(script.lines), text(heardIn(samplePlace, "sample-meeting").words));

  // From a fifth of the recording on: by then there was a full batch of windows and a second try, and each has asked for
  // the memory that it needs.
  const settled = memory.filter(({ ms }) => ms > 0.2 * seconds * 1000);
  const growth = Math.max(...settled.map(({ mib }) => mib)) - (settled[0]?.mib ?? 0);
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
  say(`${minutes} minutes in ${seconds.toFixed(0)} s, seed ${seed}`);
  say(`  error rate on clean speech ${percent(measures.wordErrorRate)}, on the short sample ${percent(alone)}`);
  say(`  words in ${parts.filter(({ kind }) => kind === "silence").length} silences: ${measures.wordsInSilence}`);
  const { disturbances, harmless, flagged } = measures;
  say(
    `  noise, music and crosstalk: ${disturbances}, of which ${harmless} did no harm, and ${flagged} were told to be suspicious`,
  );
  say(
    `  ${measures.linesTimed} lines begin ${measures.meanTimeErrorMs.toFixed(0)} ms from the script, the last twenty ${measures.lastTimeErrorMs.toFixed(0)} ms`,
  );
  say(
    `  memory of whisper-host ${Math.max(...memory.map(({ mib }) => mib)).toFixed(0)} MiB, grown by ${growth.toFixed(1)} MiB since a fifth of it`,
  );
  const tenths = Array.from({ length: 10 }, (_, tenth) =>
    Math.max(0, ...memory.filter(({ ms }) => Math.floor(ms / 100 / seconds) === tenth).map(({ mib }) => mib)).toFixed(
      0,
    ),
  );
  say(`  tenth by tenth: ${tenths.join(" ")} MiB`);
  if (measures.wordErrorRate > alone + 0.01) fail("clean speech is understood worse in a long meeting");
  if (measures.wordsInSilence > 0) fail("there are words in the silences");
  if ((harmless + flagged) / disturbances < minHandled) fail("too much noise passes for speech");
  if (measures.lastTimeErrorMs > 100) fail("times drift");
  if (growth > maxGrowthMiB) fail("memory grows");
}

async function soakBlows(folder: string, blows: number, seed: number): Promise<void> {
  say(`${blows} blows at random, SOAK_SEED=${seed}`);
  const pick = random(seed);
  const recording = loopedSample(folder, 20);
  const options = { windowSeconds: 8, maxWaitMs: 1_500, maxStrikes: 60 };
  const calm = newPlace(folder);
  const undisturbed = start(recording, calm, options.windowSeconds);
  if ((await undisturbed.end) !== 0) fail(undisturbed.errors());
  const expected = lastingOutputs(calm.out);
  const pieces = finishedPieces(calm).size;
  const all = new Map<string, number>();
  for (let done = 0; done < blows; ) {
    const place = newPlace(folder);
    const tally: Tally = await killTranscriptionAtRandom(recording, place, pick, options);
    done += Math.max(1, blowCount(tally));
    for (const [blow, count] of tally.blows) all.set(blow, (all.get(blow) ?? 0) + count);
    const result = lastingOutputs(place.out);
    const differing = Object.keys({ ...expected, ...result }).filter((name) => result[name] !== expected[name]);
    if (differing.length > 0) fail(`differs from the undisturbed run: ${differing.join(", ")}`);
    const litter = leftovers([place.dataFolder]);
    if (litter.length > 0) fail(`left behind: ${litter.join(", ")}`);
    say(`  ${tally.starts} starts, ${blowCount(tally)} blows: ${pieces} pieces done once each, same files`);
  }
  say(`  ${[...all].map(([blow, count]) => `${count} × ${blow}`).join(", ")}`);
}

export async function soak(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "archivist-soak-"));
  const seed = Number(process.env.SOAK_SEED ?? Math.floor(Math.random() * 1e9));
  try {
    const minutes = Number(process.env.SOAK_MINUTES ?? 120);
    if (minutes > 0) await soakMeeting(folder, minutes, seed);
    const blows = Number(process.env.SOAK_BLOWS ?? 200);
    if (blows > 0) await soakBlows(folder, blows, seed);
    const plans = Number(process.env.SOAK_PLANS ?? 200);
    if (plans > 0) await soakJoints(plans, seed);
    if (process.env.SOAK_REAL !== "0") await soakRealSpeech();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
