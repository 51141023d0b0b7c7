/**
 * Who finds speech: loudness, the network, both together (the default) and everything that either finds, over recordings with
 * their truth in seven ways of recording, and over sounds in which nobody speaks. "Heard" is what the plan of windows gives to
 * recognition. Needs speech with its truth (test/README.md); without it only the sounds are measured.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { joined, type TimeSpan, totalMs, uncovered } from "../../electron/captions/time/span.ts";
import { LevelReducer } from "../../electron/media/levels.ts";
import { detectByEnergy } from "../../electron/speech/detection/energy-detector.ts";
import { detectByNetwork, joinDetections, uniteSpeech } from "../../electron/speech/detection/network-detector.ts";
import { planWindows } from "../../electron/speech/detection/window-plan.ts";
import { findVoiceDetector, shippedModelsFolder } from "../../electron/speech/models/found-models.ts";
import { whisperHostBinary } from "../../electron/speech/whisper-host/binary.ts";
import { WhisperHost } from "../../electron/speech/whisper-host/whisper-host.ts";
import { say } from "../support/bench/measure.ts";
import { random } from "../support/random.ts";
import { makeLongMeeting } from "../support/speech/long-meeting.ts";
import { setsFolder } from "../support/speech/real/speech-sets.ts";
import { silentLogger } from "../support/station/silent-logger.ts";

const rate = 16_000;

interface Turn {
  readonly start: number;
  readonly end: number;
  readonly variant?: string;
}

type Detectors = Readonly<Record<"energy" | "network" | "auto" | "union", readonly TimeSpan[]>>;

async function detect(host: WhisperHost, network: string, pcm: string): Promise<Detectors> {
  const bytes = readFileSync(pcm);
  const levels = new LevelReducer();
  levels.push(new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2));
  const energy = detectByEnergy(levels.finish());
  const probabilities = await host.detectSpeech({ pcm, sampleCount: bytes.length / 2 }, network);
  const alone = detectByNetwork(probabilities);
  return { energy, network: alone, auto: joinDetections(probabilities, energy), union: uniteSpeech(alone, energy) };
}

/** What recognition is given. */
function listHeard(speech: readonly TimeSpan[], durationMs: number): readonly TimeSpan[] {
  const quietestPoint = (fromMs: number, toMs: number): number => Math.round((fromMs + toMs) / 2);
  const windows = planWindows({ speech, durationMs, windowMs: 30_000, quietestPoint });
  return joined(
    windows.flatMap(({ stretches }) => stretches),
    1,
  );
}

const clip = (spans: readonly TimeSpan[], { startMs, endMs }: TimeSpan): readonly TimeSpan[] =>
  uncovered(spans, [
    { startMs: -1, endMs: startMs },
    { startMs: endMs, endMs: Number.MAX_SAFE_INTEGER },
  ]);

const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`.padStart(7);

function reportTurns(
  name: string,
  detectors: Detectors,
  turns: readonly TimeSpan[],
  range: TimeSpan,
  durationMs: number,
) {
  const truth = joined(turns, 1);
  for (const [detector, spans] of Object.entries(detectors)) {
    const heard = listHeard(spans, durationMs);
    const longMiss = turns.filter((turn) => totalMs(uncovered([turn], heard)) > 500).length;
    say(
      `${name.padEnd(10)} ${detector.padEnd(8)} turns' time not found ${percent(totalMs(uncovered(truth, spans)), totalMs(truth))}, ` +
        `not heard ${percent(totalMs(uncovered(truth, heard)), totalMs(truth))}, turns with > 0.5 s not heard ${longMiss}/${turns.length}, ` +
        `found outside ${(totalMs(uncovered(clip(spans, range), truth)) / 1000).toFixed(1)} s`,
    );
  }
}

/** A minute of each sound in which nobody speaks. */
function listSounds(): readonly (readonly [name: string, samples: Int16Array])[] {
  const pick = random(1);
  const make = (sampleAt: (at: number) => number): Int16Array =>
    Int16Array.from({ length: 60 * rate }, (_, index) => Math.round(32_767 * sampleAt(index / rate)));
  const noise = (): number => 2 * pick() - 1;
  let loud = 0;
  let notes: readonly number[] = [];
  let clap = 0;
  return [
    ["silence", make(() => 0)],
    ["hiss", make(() => noise() * 0.0017)],
    ["noise", make(() => noise() * 0.17)],
    ["hum", make((at) => 0.05 * Math.sin(377 * at) + 0.02 * Math.sin(754 * at) + 0.01 * Math.sin(1_131 * at))],
    [
      "chairs",
      make((at) => {
        if (Math.round(at * rate) % 4_000 === 0) loud = pick() * 0.27;
        return noise() * loud;
      }),
    ],
    [
      "applause",
      make(() => {
        clap = pick() < 0.0003 ? 0.5 : clap * 0.998;
        return noise() * clap;
      }),
    ],
    [
      "music",
      make((at) => {
        const step = Math.round(at * rate) % 8_000;
        if (step === 0) notes = [0, 4, 7].map((note) => 220 * 2 ** ((note + Math.floor(pick() * 24)) / 12));
        const fade = Math.min(1, step / 400, (8_000 - step) / 400);
        return fade * notes.reduce((sum, hertz) => sum + 0.08 * Math.sin(2 * Math.PI * hertz * at), 0);
      }),
    ],
  ];
}

const toPcm = (path: string, pcm: string): void => {
  execFileSync("ffmpeg", [
    "-nostdin",
    "-v",
    "error",
    "-y",
    "-i",
    path,
    "-ac",
    "1",
    "-ar",
    String(rate),
    "-f",
    "s16le",
    pcm,
  ]);
};

export async function soak(): Promise<void> {
  const network = findVoiceDetector(shippedModelsFolder);
  if (network === undefined) throw new Error("the network that ships is missing");
  const folder = mkdtempSync(join(tmpdir(), "archivist-detection-"));
  const pcm = join(folder, "sound.pcm");
  const host = new WhisperHost({
    binary: whisperHostBinary,
    logger: silentLogger,
    stallMs: 60_000,
    idleMs: 60_000,
    gpu: false,
  });
  try {
    for (const [name, samples] of listSounds()) {
      writeFileSync(pcm, Buffer.from(samples.buffer));
      const found = Object.entries(await detect(host, network.path, pcm));
      const heard = found.map(
        ([detector, spans]) => `${detector} ${(totalMs(listHeard(spans, 60_000)) / 1000).toFixed(1)} s`,
      );
      say(`${name.padEnd(10)} heard of 60 s: ${heard.join(", ")}`);
    }
    const wav = join(folder, "meeting.wav");
    const parts = makeLongMeeting(wav, { minutes: 10, seed: 4 });
    toPcm(wav, pcm);
    const lines = parts.flatMap((part) => part.lines);
    reportTurns("espeak-ng", await detect(host, network.path, pcm), lines, { startMs: 0, endMs: 600_000 }, 600_000);
    for (const set of ["council-a-seven-ways.mp3", "council-a.flac", "comite-c.flac"]) {
      const path = join(setsFolder, set);
      if (!existsSync(path)) {
        say(`${set} is not in ${setsFolder}: left out`);
        continue;
      }
      toPcm(path, pcm);
      const durationMs = readFileSync(pcm).length / 32;
      const truth = JSON.parse(readFileSync(path.replace(/\.[^.]+$/, ".json"), "utf8")) as {
        readonly turns: readonly Turn[];
      };
      const found = await detect(host, network.path, pcm);
      const ways = [...new Set(truth.turns.map(({ variant }) => variant))];
      for (const way of ways) {
        const turns = truth.turns
          .filter(({ variant }) => variant === way)
          .map(({ start, end }) => ({ startMs: start * 1000, endMs: end * 1000 }));
        const startMs = (turns[0]?.startMs ?? 0) - 500;
        reportTurns(way ?? set.split(".")[0] ?? set, found, turns, { startMs, endMs: startMs + 321_000 }, durationMs);
      }
    }
  } finally {
    await host.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
