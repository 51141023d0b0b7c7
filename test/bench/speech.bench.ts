/**
 * Real models on real recordings, with their word errors: Archivist beside whisper-cli, faster-whisper and whisper-node.
 * Then whisper-host against whisper-cli of the same sources with the same search, and what it saves to leave the silence
 * out, with random weights: the networks compute as long as real ones of their size, and these runs need no real models.
 * Interleaved runs, medians. `SPEECH_SET`, `SPEECH_MODEL`, `BENCH_ROUNDS` and `BENCH_LEVERS` choose
 * (test/support/bench/real-speech.ts); `BENCH_RANDOM=0` leaves the random weights out.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { totalMs } from "../../electron/captions/time/span.ts";
import type { SpeechWindow } from "../../electron/speech/detection/window-plan.ts";
import type { TranscribeOptions } from "../../electron/speech/engine.ts";
import { requireWhisperNode } from "../../electron/speech/whisper-node/build.ts";
import { getMedian, type Measurement, measure, ratioLine, say } from "../support/bench/measure.ts";
import { benchRealSpeech } from "../support/bench/real-speech.ts";
import { type HostRun, measureHost, planRecording } from "../support/bench/speech-host.ts";
import { projectRoot } from "../support/paths.ts";
import { makeLongMeeting } from "../support/speech/long-meeting.ts";
import { baseSize, tinySize, writeRandomModel } from "../support/speech/random-model.ts";

const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const minutes = 4;
const threads = Math.min(4, availableParallelism());
const whisperCli = join(projectRoot, "native/out/bin/whisper-cli");
const toOptions = (beamSize: number): TranscribeOptions => ({
  language: "en",
  translate: false,
  vocabulary: [],
  threads,
  beamSize,
  temperature: 0,
  // Noise is never believed: every engine would try every window six times.
  fallback: false,
});

interface Recording {
  readonly name: string;
  readonly minutes: number;
  readonly wav: string;
  readonly pcm: string;
  readonly speech: readonly SpeechWindow[];
  /** All of it, silence and speech alike. */
  readonly whole: readonly SpeechWindow[];
}

function makeRecording(folder: string, name: string, minutes: number, silentShare: number): Recording {
  const wav = join(folder, `${name}.wav`);
  const pcm = join(folder, `${name}.pcm`);
  makeLongMeeting(wav, { minutes, seed: 3, silentShare, clean: true });
  execFileSync("ffmpeg", ["-nostdin", "-v", "error", "-y", "-i", wav, "-f", "s16le", pcm]);
  return { name, minutes, wav, pcm, ...planRecording(pcm) };
}

function report(name: string, minutes: number, { seconds, peakMiB }: Measurement): void {
  const perMinute = (seconds / minutes).toFixed(2).padStart(7);
  const factor = (seconds / (minutes * 60)).toFixed(4);
  say(
    `${name.padEnd(44)} ${perMinute} s per minute, real-time factor ${factor}, ${peakMiB.toFixed(0).padStart(5)} MiB`,
  );
}

interface Case {
  readonly name: string;
  readonly model: string;
  readonly beam: number;
}

async function compare({ name, model, beam }: Case, recording: Recording): Promise<void> {
  const ours: HostRun[] = [];
  const cli: Measurement[] = [];
  const everything: Measurement[] = [];
  const isSilent = recording.name === "silent";
  const flags = ["-m", model, "-f", recording.wav, "-t", String(threads), "-l", "en", "-mc", "0", "-nf"];
  const search = ["-bs", String(beam), "-bo", String(Math.max(beam, 1))];
  for (let round = 0; round < rounds; round++) {
    cli.push(await measure(whisperCli, [...flags, ...search, "-np"]));
    ours.push(await measureHost(model, recording.pcm, recording.speech, toOptions(beam)));
    if (isSilent) everything.push(await measureHost(model, recording.pcm, recording.whole, toOptions(beam)));
  }
  const { minutes } = recording;
  const windows = ours[0]?.windows ?? 0;
  const spokenShare = totalMs(recording.speech.flatMap(({ stretches }) => stretches)) / (minutes * 60_000);
  say(
    `\n${name}, beam ${beam}, ${recording.name} recording of ${minutes} minutes, ${(spokenShare * 100).toFixed(0)} % of it given to the model in ${windows} windows`,
  );
  report("whisper-host", minutes, getMedian(ours));
  report("whisper-cli", minutes, getMedian(cli));
  const ratio = getMedian(ours).seconds / getMedian(cli).seconds;
  say(ratioLine("whisper-host / whisper-cli", ratio, isSilent ? 0.75 : 1.05));
  if (isSilent) {
    report("whisper-host with the silence", minutes, getMedian(everything));
    const saved = 1 - getMedian(ours).seconds / getMedian(everything).seconds;
    say(`share of time saved by leaving the silence out  ${(saved * 100).toFixed(0)} %`);
  }
}

async function benchRandomWeights(folder: string): Promise<void> {
  const dense = makeRecording(folder, "dense", minutes, 0);
  const silent = makeRecording(folder, "silent", minutes, 0.3);
  const [tiny, base] = [join(folder, "ggml-tiny.bin"), join(folder, "ggml-base.bin")];
  writeRandomModel(tiny, tinySize, { steady: true });
  writeRandomModel(base, baseSize, { steady: true });
  const cases: readonly Case[] = [
    { name: "tiny", model: tiny, beam: 1 },
    { name: "base", model: base, beam: 1 },
    { name: "tiny", model: tiny, beam: 5 },
  ];
  say(`\nRandom weights, ${threads} threads, medians of ${rounds} interleaved runs.`);
  for (const each of cases) {
    for (const recording of [dense, silent]) await compare(each, recording);
  }
}

export async function bench(): Promise<void> {
  execFileSync(process.execPath, ["build/run.mjs", "native/build.ts", "--if-missing", "--with-cli"], {
    cwd: projectRoot,
    stdio: "inherit",
  });
  const folder = mkdtempSync(join(tmpdir(), "archivist-bench-"));
  try {
    const whisperNode = await requireWhisperNode(join(folder, "engines"), { onNotice: say });
    await benchRealSpeech({ folder: join(folder, "real"), threads, rounds, whisperCli, whisperNode });
    if (process.env.BENCH_RANDOM !== "0") await benchRandomWeights(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
