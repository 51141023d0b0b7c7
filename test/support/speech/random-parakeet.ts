/**
 * Generates a Parakeet model of any size with random weights: it recognizes only meaningless words, but takes exactly as
 * long to compute as a real one. Now and then a frame is a word, as often as in speech.
 */
import { closeSync, openSync, writeSync } from "node:fs";
import {
  bins,
  listTensors,
  type ParakeetSize,
  type ParakeetTensor,
  parakeetHead,
  tensorBytes,
  tensorHead,
  type WeightType,
} from "./parakeet-layout.ts";

const words = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `▁word${index}`);

/** parakeet-tdt-0.6b-v3: its sizes stand in its model_config.yaml, and in whisper.cpp's defaults (src/parakeet.cpp). */
export const trueSize: ParakeetSize = {
  vocabulary: words(8_192),
  state: 1_024,
  heads: 8,
  layers: 24,
  bands: 128,
  channels: 256,
  kernel: 9,
  prediction: 640,
  predictionLayers: 2,
  durations: [0, 1, 2, 3, 4],
};

/** The same in small, for tests: English, with the same parts. */
export const smallSize: ParakeetSize = {
  ...trueSize,
  vocabulary: words(1_024),
  state: 64,
  heads: 4,
  layers: 2,
  bands: 32,
  channels: 32,
  prediction: 64,
};

/** Many languages: known by the size of the vocabulary. */
export const smallMultilingualSize: ParakeetSize = { ...smallSize, vocabulary: trueSize.vocabulary };

/** Numbers of a known sequence, from -0.5 to 0.5. */
function makeNoise(): () => number {
  let seed = 12_345;
  return () => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (seed >>> 8) / 0x7fffff - 0.5;
  };
}

/** A megabyte of weights, a few hundredths large, that is written again and again. */
function noiseBlock(type: WeightType): Buffer {
  const next = makeNoise();
  if (type !== 8) {
    const step = type === 1 ? 2 : 4;
    const block = Buffer.alloc(1024 ** 2);
    for (let at = 0; at < block.length; at += step) {
      if (type === 0) block.writeFloatLE(next() * 0.1, at);
      // Half precision: a sign, and an exponent that makes 0.03 to 0.06.
      else block.writeUInt16LE((next() < 0 ? 0x8000 : 0) | 0x2800 | Math.floor((next() + 0.5) * 0x3ff), at);
    }
    return block;
  }
  const block = Buffer.alloc(34 * 32 * 1024);
  for (let at = 0; at < block.length; at += 34) {
    // Half precision of 2^-11: the largest weight is a sixteenth.
    block.writeUInt16LE(0x1000, at);
    for (let value = 0; value < 32; value++) block.writeInt8(Math.round(next() * 250), at + 2 + value);
  }
  return block;
}

/** Values of 32 bits; undefined where noise serves. */
function narrowValue({ name, shape }: ParakeetTensor, size: ParakeetSize): ((index: number) => number) | undefined {
  if (name.endsWith("running_var") || /norm[^/]*\.weight$/.test(name)) return () => 1;
  if (name.endsWith("num_batches_tracked") || (name.includes("norm") && shape.length === 1)) return () => 0;
  if (name !== "joint.joint_net.2.bias") return undefined;
  const blank = size.vocabulary.length;
  // A blank most of the time, and two frames from one to the next: about six looks a second, as in speech.
  return (index) => (index === blank ? blankLead : index === blank + 3 ? 10 : 0);
}

/** What a blank has ahead of all words: the best of a thousand random words is above it in a third of the frames. */
const blankLead = 0.9;

/** Writes a model file. One of the true size takes 0.7 GB with 8-bit weights, and a few seconds. */
export function writeRandomParakeet(path: string, size: ParakeetSize, type: WeightType = 0): void {
  const blocks = new Map<WeightType, Buffer>();
  const block = (of: WeightType): Buffer => {
    const made = blocks.get(of) ?? noiseBlock(of);
    blocks.set(of, made);
    return made;
  };
  const descriptor = openSync(path, "w");
  try {
    const perBand = Math.max(1, Math.floor(bins / size.bands));
    writeSync(
      descriptor,
      parakeetHead(size, type, (band, bin) => (Math.floor(bin / perBand) === band ? 1 : 0)),
    );
    for (const tensor of listTensors(size)) {
      const own: WeightType = tensor.isWeight ? type : 0;
      writeSync(descriptor, tensorHead(tensor, own));
      const valueAt = tensor.isWeight ? undefined : narrowValue(tensor, size);
      let left = tensorBytes(tensor, own);
      if (valueAt !== undefined) {
        const values = Buffer.alloc(left);
        for (let at = 0; at < left; at += 4) values.writeFloatLE(valueAt(at / 4), at);
        writeSync(descriptor, values);
        continue;
      }
      const source = block(own);
      while (left > 0) left -= writeSync(descriptor, source, 0, Math.min(left, source.length));
    }
  } finally {
    closeSync(descriptor);
  }
}
