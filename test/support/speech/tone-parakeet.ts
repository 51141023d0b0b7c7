/**
 * A Parakeet model with handmade weights that hears words in tones: each word of its vocabulary is a frequency. It
 * performs the same computation as a real one, and what it has to hear is known for any sound.
 *
 * A band of the spectrogram answers to one frequency, and a little to all of them, so that the loudest band is known
 * although each is taken relative to its own mean. The convolutions pass every eighth step on, the layers add nothing,
 * the last normalization lets the loudest band win, and the joint network makes it a word of four steps.
 */
import { writeFileSync } from "node:fs";
import {
  bins,
  listTensors,
  type ParakeetSize,
  type ParakeetTensor,
  parakeetHead,
  samplesPerFft,
  tensorBytes,
  tensorHead,
} from "./parakeet-layout.ts";

/** Words that tones are; the last two pieces continue the word before them. */
export const tonePieces = [
  ..."alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november"
    .split(" ")
    .map((word) => `▁${word}`),
  "ville",
  ".",
] as const;

/** A piece takes as long as this, in milliseconds, and begins as long after the one before. */
export const toneMs = 240;
export const toneStepMs = 400;

const sampleRate = 16_000;
const frequencyStep = 400;
const getFrequency = (piece: number): number => frequencyStep * (piece + 1);

/** How much of a band's answer goes to all frequencies. */
const everywhere = 0.02;
const durations = [0, 1, 2, 3, 4];

function makeSize(vocabulary: readonly string[]): ParakeetSize {
  return {
    vocabulary,
    state: tonePieces.length * 2,
    heads: 2,
    layers: 1,
    bands: tonePieces.length * 8,
    channels: 1,
    kernel: 3,
    prediction: tonePieces.length * 2,
    predictionLayers: 1,
    durations,
  };
}

/** Value of a tensor at a place; the side that changes fastest first. */
function valueAt({ name }: ParakeetTensor, size: ParakeetSize, [column = 0, row = 0]: readonly number[]): number {
  const blank = size.vocabulary.length;
  if (/pre_encode\.conv\.[025]\.weight$/.test(name)) return column === 1 && row === 1 ? 1 : 0;
  if (/pre_encode\.conv\.[36]\.weight$/.test(name)) return 1;
  if (name === "encoder.pre_encode.out.weight" || name === "joint.enc.weight") return column === row ? 1 : 0;
  if (/norm[^/]*\.weight$/.test(name) || name.endsWith("running_var")) return 1;
  if (name === "joint.joint_net.2.weight") {
    if (column >= tonePieces.length) return 0;
    // The words, and the longest duration with any of them.
    return row === column || row === blank + durations.length ? 10 : 0;
  }
  // Without a tone: a blank, and on to the next frame.
  if (name === "joint.joint_net.2.bias") return column === blank || column === blank + 2 ? 10 : 0;
  return 0;
}

/**
 * The whole model file.
 * @param extraWords how many words more the vocabulary has, which are never heard
 */
export function toneParakeet(extraWords = 0): Buffer {
  const size = makeSize([...tonePieces, ...Array.from({ length: extraWords }, (_, index) => `▁extra${index}`)]);
  const getBin = (piece: number): number => (getFrequency(piece) / sampleRate) * samplesPerFft;
  const near = (band: number, bin: number): boolean => Math.abs(getBin(Math.floor(band / 8)) - bin) <= 3;
  return Buffer.concat([
    parakeetHead(size, 0, (band, bin) => (bin < bins && near(band, bin) ? 1 : everywhere)),
    ...listTensors(size).flatMap((tensor) => {
      const values = Buffer.alloc(tensorBytes(tensor, 0));
      const [width = 1, height = 1] = tensor.shape;
      for (let index = 0; index < values.length / 4; index++) {
        const value = valueAt(tensor, size, [index % width, Math.floor(index / width) % height]);
        values.writeFloatLE(value, index * 4);
      }
      return [tensorHead(tensor, 0), values];
    }),
  ]);
}

export function writeToneParakeet(path: string, extraWords = 0): void {
  writeFileSync(path, toneParakeet(extraWords));
}

/** A tone at a time, in milliseconds. */
export interface Tone {
  readonly piece: number;
  readonly startMs: number;
}

/** Sound of 16 bits with the tones in it, and the hiss of a quiet room. */
export function toneSound(tones: readonly Tone[], durationMs: number): Buffer {
  const samples = Buffer.alloc(Math.round((durationMs * sampleRate) / 1000) * 2);
  for (let index = 0; index < samples.length / 2; index++) {
    samples.writeInt16LE(((Math.imul(index, 1_103_515_245) >>> 16) % 21) - 10, index * 2);
  }
  for (const { piece, startMs } of tones) {
    const start = Math.round((startMs * sampleRate) / 1000);
    const count = (toneMs * sampleRate) / 1000;
    for (let index = 0; index < count && (start + index + 1) * 2 <= samples.length; index++) {
      const angle = (2 * Math.PI * getFrequency(piece) * index) / sampleRate;
      // Ten milliseconds to come and to go: no click that every band would answer to.
      const edge = Math.min(1, index / 160, (count - index) / 160);
      samples.writeInt16LE(Math.round(Math.sin(angle) * edge * 8_000), (start + index) * 2);
    }
  }
  return samples;
}

/** A meeting of tones: lines of eight words, with a second of quiet between, and what is said in them. */
export function toneMeeting(durationMs: number): {
  readonly lines: readonly { readonly text: string; readonly startMs: number; readonly endMs: number }[];
  readonly sound: Buffer;
} {
  const lines: { text: string; startMs: number; endMs: number }[] = [];
  const tones: Tone[] = [];
  const words = tonePieces.length - 2;
  for (let startMs = 2_000; ; startMs += 8 * toneStepMs + 1_000) {
    const line = lines.length;
    const pieces = Array.from({ length: 8 }, (_, index) => (line * 5 + index * 3 + line * index) % words);
    const endMs = startMs + 7 * toneStepMs + toneMs;
    if (endMs + 500 > durationMs) break;
    tones.push(...pieces.map((piece, index) => ({ piece, startMs: startMs + index * toneStepMs })));
    lines.push({ text: pieces.map((piece) => tonePieces[piece]?.slice(1)).join(" "), startMs, endMs });
  }
  return { lines, sound: toneSound(tones, durationMs) };
}

/** Where the vocabulary of a Parakeet model ends, in bytes. */
export function endOfParakeetVocabulary(model: Buffer): number {
  const durationCount = model.readInt32LE(56);
  let at = 64 + 8 + model.readInt32LE(64) * model.readInt32LE(68) * 4;
  at += 4 + model.readInt32LE(at) * 4 + durationCount * 4;
  const count = model.readInt32LE(at);
  at += 4;
  for (let word = 0; word < count; word++) at += 4 + model.readInt32LE(at);
  return at;
}
