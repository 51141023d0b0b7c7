/**
 * Generates a meeting of any length with a script to measure against: sentences that the demo model knows, spoken by
 * espeak-ng, mixed with what else occurs in a council chamber: long silences, a noisy room, musical tones, and two
 * people talking at once. Everything is derived from a seed: the same seed generates the same sound.
 */
import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sampleScript } from "../paths.ts";
import { type Random, random } from "../random.ts";

export type PartKind = "speech" | "silence" | "noise" | "music" | "crosstalk";

export interface SpokenLine {
  readonly text: string;
  /** espeak-ng's name of who speaks. */
  readonly voice: string;
  readonly startMs: number;
  readonly endMs: number;
}

export interface MeetingPart {
  readonly kind: PartKind;
  readonly startMs: number;
  readonly endMs: number;
  /** The spoken sentences with their times; empty where nothing is intelligible. */
  readonly lines: readonly SpokenLine[];
  /** What people say at once, in no order; a model may understand one of them. */
  readonly atOnce?: readonly string[];
}

const rate = 16_000;

/** The demo model's own sentences and voices. */
function repertoire(): readonly { readonly voice: string; readonly text: string }[] {
  const { lines } = JSON.parse(readFileSync(sampleScript, "utf8")) as {
    readonly lines: readonly { readonly voice: string; readonly text: string }[];
  };
  return lines;
}

/** A sentence as 16-bit samples, without the silence that espeak-ng adds at both ends. */
function speak(voice: string, text: string, folder: string): Int16Array {
  const wav = join(folder, "line.wav");
  execFileSync("espeak-ng", ["-v", `en-us+${voice}`, "-s", "155", "-p", "50", "-w", wav, text]);
  const pcm = execFileSync("ffmpeg", ["-v", "error", "-i", wav, "-ar", String(rate), "-ac", "1", "-f", "s16le", "-"]);
  const samples = new Int16Array(pcm.buffer.slice(pcm.byteOffset, pcm.byteOffset + pcm.length));
  const isHeard = (sample: number): boolean => Math.abs(sample) > 100;
  return samples.slice(samples.findIndex(isHeard), samples.findLastIndex(isHeard) + 1);
}

/** Writes samples sequentially and tracks the time. */
class Recorder {
  readonly #descriptor: number;
  readonly #pick: Random;
  #count = 0;

  constructor(path: string, pick: Random) {
    this.#descriptor = openSync(path, "w");
    this.#pick = pick;
  }

  get nowMs(): number {
    return (this.#count * 1000) / rate;
  }

  /** @param room loudness of the mixed-in room noise, out of 32,767 */
  write(samples: Int16Array, room: number): void {
    const mixed = Int16Array.from(samples, (sample) => {
      const value = sample + (this.#pick() - 0.5) * 2 * room;
      return Math.max(-32_768, Math.min(32_767, Math.round(value)));
    });
    writeSync(this.#descriptor, Buffer.from(mixed.buffer));
    this.#count += samples.length;
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

/** Hiss of a microphone, −66 dB. */
const quietRoom = 20;

export interface MeetingRequest {
  readonly minutes: number;
  readonly seed: number;
  /** Share of the time that is silence, from 0 to 1; undefined: left to chance. */
  readonly silentShare?: number;
  /** Only speech and silence. */
  readonly clean?: boolean;
  /** Who speaks, by espeak-ng's names, one sentence after the other; undefined: the voices of the sample. */
  readonly voices?: readonly string[];
}

/**
 * Generates the meeting as a WAV file.
 * @returns its parts in order
 */
export function makeLongMeeting(path: string, request: MeetingRequest): readonly MeetingPart[] {
  const folder = mkdtempSync(join(tmpdir(), "archivist-long-meeting-"));
  const raw = join(folder, "meeting.pcm");
  const pick = random(request.seed);
  const recorder = new Recorder(raw, pick);
  const next = dealer(
    repertoire().map(({ voice: own, text }, index) => {
      const voice = request.voices?.[index % request.voices.length] ?? own;
      return { text, voice, samples: speak(voice, text, folder) };
    }),
    pick,
  );
  const parts: MeetingPart[] = [];
  const endMs = request.minutes * 60_000;
  try {
    while (recorder.nowMs < endMs) {
      const leftMs = endMs - recorder.nowMs;
      parts.push(makePart(nextKind(parts, request, pick), leftMs, recorder, next, pick));
    }
  } finally {
    recorder.close();
    const input = ["-f", "s16le", "-ar", String(rate), "-ac", "1", "-i", raw];
    execFileSync("ffmpeg", ["-nostdin", "-v", "error", "-y", ...input, "-t", String(request.minutes * 60), path]);
    rmSync(folder, { recursive: true, force: true });
  }
  return parts;
}

function nextKind(parts: readonly MeetingPart[], request: MeetingRequest, pick: Random): PartKind {
  const last = parts.at(-1)?.kind;
  if (last !== "speech") return "speech";
  if (request.silentShare !== undefined) {
    const total = parts.at(-1)?.endMs ?? 0;
    const silent = parts
      .filter(({ kind }) => kind === "silence")
      .reduce((sum, part) => sum + part.endMs - part.startMs, 0);
    return silent / total < request.silentShare ? "silence" : "speech";
  }
  if (request.clean) return pick() < 0.3 ? "silence" : "speech";
  const draw = pick();
  if (draw < 0.35) return "silence";
  if (draw < 0.5) return "noise";
  if (draw < 0.65) return "music";
  return draw < 0.8 ? "crosstalk" : "speech";
}

interface Spoken {
  readonly text: string;
  readonly voice: string;
  readonly samples: Int16Array;
}

/**
 * Deals sentences like cards: each as often as any other, as in the sample. Some sentences are harder for the demo
 * model than others, and a meeting must not be easier or harder by chance.
 */
function dealer(all: readonly Spoken[], pick: Random): () => Spoken {
  let left: Spoken[] = [];
  return () => {
    if (left.length === 0) left = [...all];
    return left.splice(Math.floor(pick() * left.length), 1)[0] as Spoken;
  };
}

function makePart(kind: PartKind, leftMs: number, recorder: Recorder, next: () => Spoken, pick: Random): MeetingPart {
  const startMs = recorder.nowMs;
  const atOnce: string[] = [];
  const lines: SpokenLine[] = [];
  const makeSilence = (seconds: number): Int16Array =>
    new Int16Array(Math.round(Math.min(seconds, leftMs / 1000) * rate));
  switch (kind) {
    case "speech":
      // Leave a pause, so that no speech begins on the last note.
      recorder.write(makeSilence(0.5 + pick() * 0.5), quietRoom);
      for (let count = 4 + Math.floor(pick() * 10); count > 0 && recorder.nowMs - startMs < leftMs - 8_000; count--) {
        const { text, voice, samples } = next();
        const from = recorder.nowMs;
        recorder.write(samples, quietRoom);
        lines.push({ text, voice, startMs: from, endMs: recorder.nowMs });
        recorder.write(makeSilence(0.4 + pick() * 0.8), quietRoom);
      }
      if (lines.length === 0) recorder.write(makeSilence(8), quietRoom);
      break;
    case "silence":
      recorder.write(makeSilence(5 + pick() * 40), quietRoom);
      break;
    case "noise":
      recorder.write(noise(makeSilence(5 + pick() * 12), pick), 0);
      break;
    case "music":
      recorder.write(music(makeSilence(5 + pick() * 12), pick), quietRoom);
      break;
    case "crosstalk":
      for (let count = 2; count > 0; count--) {
        const spoken = [next(), next()];
        atOnce.push(...spoken.map(({ text }) => text));
        const [one, other] = spoken.map(({ samples }) => samples) as [Int16Array, Int16Array];
        const both = new Int16Array(Math.max(one.length, other.length));
        for (let at = 0; at < both.length; at++) both[at] = ((one[at] ?? 0) + (other[at] ?? 0)) / 2;
        recorder.write(both, quietRoom);
      }
      recorder.write(makeSilence(1.5), quietRoom);
      break;
  }
  return { kind, startMs, endMs: recorder.nowMs, lines, ...(atOnce.length === 0 ? {} : { atOnce }) };
}

/** Noise of chairs and paper, in bursts. */
function noise(samples: Int16Array, pick: Random): Int16Array {
  let loud = 0;
  for (let at = 0; at < samples.length; at++) {
    if (at % 4_000 === 0) loud = pick() * 9_000;
    samples[at] = (pick() - 0.5) * 2 * loud;
  }
  return samples;
}

/** Chords that change twice a second. */
function music(samples: Int16Array, pick: Random): Int16Array {
  let notes: readonly number[] = [];
  for (let at = 0; at < samples.length; at++) {
    if (at % 8_000 === 0) notes = [0, 4, 7].map((step) => 220 * 2 ** ((step + Math.floor(pick() * 24)) / 12));
    const fade = Math.min(1, (at % 8_000) / 400, (8_000 - (at % 8_000)) / 400);
    samples[at] = fade * notes.reduce((sum, hertz) => sum + 2_500 * Math.sin((2 * Math.PI * hertz * at) / rate), 0);
  }
  return samples;
}
