/**
 * A Whisper network with made-up weights: it recognizes nothing, and computes exactly as long as a real one of its
 * shape and precision. The layout is that of whisper.cpp's loader (whisper_model_load), as in models/model-file.ts.
 */
import { type FileHandle, open } from "node:fs/promises";
import { ArchivistError } from "../../contract/errors.ts";
import { fileError } from "../../platform/file-errors.ts";
import type { NetworkShape, Precision } from "../models/model-compute.ts";

const magic = 0x67676d6c;
const vocabulary = 51_864;
const audioPositions = 1_500;
const textPositions = 448;
const mels = 80;
const spectrumBins = 201;

/** Number of the precision in the file's header (ggml_ftype, with the version of the block layout), and of its tensors. */
const formats: Readonly<Record<Precision, { readonly file: number; readonly tensor: number }>> = {
  f16: { file: 1, tensor: 1 },
  q8_0: { file: 2_007, tensor: 8 },
  q5_1: { file: 2_009, tensor: 7 },
};

/** Half-precision numbers: exact powers of two. */
const half = { "2^-12": 0x0c00, "2^-9": 0x1800, "-2^-5": 0xa800 } as const;

/** Small numbers of both signs, always the same. */
function* pseudoRandom(): Generator<number, never> {
  for (let seed = 12_345; ; ) {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    yield (seed >> 8) & 0xffff;
  }
}

/** A whole number of blocks of a precision, about a megabyte. */
function makeBlocks(precision: Precision): Buffer {
  const random = pseudoRandom();
  const next = (): number => random.next().value;
  if (precision === "f16") {
    const buffer = Buffer.alloc(1 << 20);
    // Between 2^-7 and 2^-6, of either sign.
    for (let at = 0; at < buffer.length; at += 2) buffer.writeUInt16LE((next() & 0x83ff) | 0x2000, at);
    return buffer;
  }
  const blockBytes = precision === "q8_0" ? 34 : 24;
  const buffer = Buffer.alloc(blockBytes * 32_768);
  for (let at = 0; at < buffer.length; at++) buffer[at] = next() & 0xff;
  for (let at = 0; at < buffer.length; at += blockBytes) {
    buffer.writeUInt16LE(precision === "q8_0" ? half["2^-12"] : half["2^-9"], at);
    if (precision === "q5_1") buffer.writeUInt16LE(half["-2^-5"], at + 2);
  }
  return buffer;
}

type Content = "weights" | "half" | "zeros" | "ones";

interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly content: Content;
}

/** Weight and bias of a normalization. */
function listNormalization(name: string, width: number): readonly Tensor[] {
  return [
    { name: `${name}.weight`, shape: [width], content: "ones" },
    { name: `${name}.bias`, shape: [width], content: "zeros" },
  ];
}

function listAttention(name: string, width: number): readonly Tensor[] {
  return [
    ...listNormalization(`${name}_ln`, width),
    ...["query", "key", "value", "out"].flatMap((part): Tensor[] => [
      { name: `${name}.${part}.weight`, shape: [width, width], content: "weights" },
      // Keys have no bias.
      ...(part === "key" ? [] : [{ name: `${name}.${part}.bias`, shape: [width], content: "zeros" as const }]),
    ]),
  ];
}

function listFeedForward(name: string, width: number): readonly Tensor[] {
  return [
    ...listNormalization(`${name}_ln`, width),
    { name: `${name}.0.weight`, shape: [width, 4 * width], content: "weights" },
    { name: `${name}.0.bias`, shape: [4 * width], content: "zeros" },
    { name: `${name}.2.weight`, shape: [4 * width, width], content: "weights" },
    { name: `${name}.2.bias`, shape: [width], content: "zeros" },
  ];
}

function listTensors({ width, encoderLayers, decoderLayers }: NetworkShape): readonly Tensor[] {
  const layers = (count: number, list: (layer: number) => readonly Tensor[]): readonly Tensor[] =>
    Array.from({ length: count }, (_, layer) => list(layer)).flat();
  return [
    { name: "encoder.positional_embedding", shape: [width, audioPositions], content: "zeros" },
    { name: "encoder.conv1.weight", shape: [3, mels, width], content: "half" },
    { name: "encoder.conv1.bias", shape: [1, width], content: "zeros" },
    { name: "encoder.conv2.weight", shape: [3, width, width], content: "half" },
    { name: "encoder.conv2.bias", shape: [1, width], content: "zeros" },
    ...listNormalization("encoder.ln_post", width),
    ...layers(encoderLayers, (layer) => [
      ...listFeedForward(`encoder.blocks.${layer}.mlp`, width),
      ...listAttention(`encoder.blocks.${layer}.attn`, width),
    ]),
    { name: "decoder.positional_embedding", shape: [width, textPositions], content: "zeros" },
    { name: "decoder.token_embedding.weight", shape: [width, vocabulary], content: "weights" },
    ...listNormalization("decoder.ln", width),
    ...layers(decoderLayers, (layer) => [
      ...listFeedForward(`decoder.blocks.${layer}.mlp`, width),
      ...listAttention(`decoder.blocks.${layer}.attn`, width),
      ...listAttention(`decoder.blocks.${layer}.cross_attn`, width),
    ]),
  ];
}

const toInts = (...values: readonly number[]): Buffer => Buffer.from(Int32Array.from(values).buffer);

/** Everything before the tensors: dimensions, filters, and a vocabulary of one word; whisper.cpp makes up the others. */
function makeHead({ width, encoderLayers, decoderLayers }: NetworkShape, precision: Precision): Buffer {
  const heads = width / 64;
  const filters = new Float32Array(mels * spectrumBins);
  // Each filter lets a few neighboring frequencies through.
  for (let mel = 0; mel < mels; mel++)
    filters.fill(0.01, mel * spectrumBins + 2 * mel, mel * spectrumBins + 2 * mel + 4);
  const dimensions = [audioPositions, width, heads, encoderLayers, textPositions, width, heads, decoderLayers, mels];
  return Buffer.concat([
    toInts(magic, vocabulary, ...dimensions, formats[precision].file),
    toInts(mels, spectrumBins),
    Buffer.from(filters.buffer),
    toInts(1, 1),
    Buffer.from(" "),
  ]);
}

async function repeat(file: FileHandle, source: Buffer, bytes: number, signal: AbortSignal | undefined): Promise<void> {
  for (let left = bytes; left > 0; left -= source.length) {
    if (signal?.aborted) throw new ArchivistError("interrupted");
    await file.write(source, 0, Math.min(left, source.length));
  }
}

/**
 * Writes a network. One of the shape of Whisper base takes 80 to 150 MB.
 * @throws ArchivistError `interrupted`, `disk.full`, `folder.not-writable`
 */
export async function writeTestNetwork(
  path: string,
  shape: NetworkShape,
  precision: Precision,
  signal?: AbortSignal,
): Promise<void> {
  const ones = Buffer.from(new Float32Array(1 << 14).fill(1).buffer);
  const contents: Readonly<Record<Content, { readonly source: Buffer; readonly type: number }>> = {
    weights: { source: makeBlocks(precision), type: formats[precision].tensor },
    half: { source: makeBlocks("f16"), type: formats.f16.tensor },
    zeros: { source: Buffer.alloc(1 << 16), type: 0 },
    ones: { source: ones, type: 0 },
  };
  try {
    await using file = await open(path, "w");
    await file.write(makeHead(shape, precision));
    for (const { name, shape: sides, content } of listTensors(shape)) {
      const { source, type } = contents[content];
      await file.write(Buffer.concat([toInts(sides.length, name.length, type, ...sides), Buffer.from(name)]));
      const values = sides.reduce((product, side) => product * side, 1);
      await repeat(file, source, toTensorBytes(values, type), signal);
    }
  } catch (thrown) {
    throw thrown instanceof ArchivistError ? thrown : fileError(thrown, path, "write");
  }
}

/** Bytes of a tensor by ggml's type number. */
function toTensorBytes(values: number, type: number): number {
  const blocks: Readonly<Record<number, readonly [bytes: number, values: number]>> = {
    0: [4, 1],
    1: [2, 1],
    7: [24, 32],
    8: [34, 32],
  };
  const [bytes, count] = blocks[type] ?? [4, 1];
  return (values / count) * bytes;
}
