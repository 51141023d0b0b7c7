/**
 * Generates a Whisper model of any size with random weights: it recognizes only meaningless words, but takes exactly as
 * long to compute as a real one. Vocabulary and filters are the demo model's; its tensors provide the names and shapes.
 */
import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import { demoModel } from "../paths.ts";

export interface ModelSize {
  /** Width of the network: 384 tiny, 512 base, 768 small. */
  readonly state: number;
  readonly heads: number;
  /** Layers of the encoder and of the decoder: 4 tiny, 6 base, 12 small. */
  readonly layers: number;
}

export const tinySize: ModelSize = { state: 384, heads: 6, layers: 4 };
export const baseSize: ModelSize = { state: 512, heads: 8, layers: 6 };

interface Tensor {
  readonly name: string;
  readonly type: number;
  readonly shape: readonly number[];
}

interface Parsed {
  readonly header: Buffer;
  /** Filters and vocabulary, copied unchanged from the file. */
  readonly middle: Buffer;
  readonly tensors: readonly Tensor[];
  readonly state: number;
}

const bytesOfType = [4, 2];

function parseDemoModel(): Parsed {
  const file = readFileSync(demoModel);
  let at = 0;
  const int = (): number => {
    at += 4;
    return file.readInt32LE(at - 4);
  };
  const header = file.subarray(0, 48);
  at = 48;
  const filters = int() * int();
  at += filters * 4;
  const words = int();
  for (let word = 0; word < words; word++) {
    const length = int();
    at += length;
  }
  const middle = file.subarray(48, at);
  const tensors: Tensor[] = [];
  while (at < file.length) {
    const dimensions = int();
    const nameLength = int();
    const type = int();
    const shape = Array.from({ length: dimensions }, int);
    const name = file.toString("latin1", at, at + nameLength);
    at += nameLength + shape.reduce((product, side) => product * side, 1) * (bytesOfType[type] ?? 4);
    tensors.push({ name, type, shape });
  }
  return { header, middle, tensors, state: header.readInt32LE(12) };
}

/** Small numbers of both signs, neither zero nor growing out of bounds, 16 or 32 bits wide. */
function noise(bytes: number, type: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  let seed = 12_345;
  const step = bytesOfType[type] ?? 4;
  for (let at = 0; at < bytes; at += step) {
    seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
    const sign = seed & 0x8000;
    if (type === 1) buffer.writeUInt16LE(sign | 0x2000 | (seed & 0x7ff), at);
    else buffer.writeFloatLE(((seed & 0xffff) / 0xffff - 0.5) * 0.05, at);
  }
  return buffer;
}

/** Converts an IEEE half-precision number. */
function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  return sign * 2 ** (((bits >> 10) & 0x1f) - 15) * (1 + (bits & 0x3ff) / 1024);
}

/** Token of an arbitrary word: not a timestamp, a task or the end token. */
const steadyWord = 5_000;
/** Logit of that word; all others are around zero. */
const certainty = 30;

/**
 * The bias of the last normalization that makes one word win for any input: its own row of the embedding, with which
 * the words are finally compared.
 */
function steadyBias(state: number, embedding: Buffer): Buffer {
  const start = (steadyWord * state * 2) % embedding.length;
  const row = Array.from({ length: state }, (_, index) => {
    return fromHalf(embedding.readUInt16LE((start + index * 2) % embedding.length));
  });
  const square = row.reduce((sum, value) => sum + value * value, 0);
  const bias = Buffer.alloc(state * 4);
  row.forEach((value, index) => {
    bias.writeFloatLE((value * certainty) / square, index * 4);
  });
  return bias;
}

/** Size of a multilingual vocabulary: one more than the English one, at the end. */
const multilingualVocabulary = 51_865;

/** Writes a model file. A base-sized one takes 150 MB and half a second. */
export function writeRandomModel(
  path: string,
  size: ModelSize,
  options: {
    readonly multilingual?: boolean;
    /**
     * Outputs one word up to the end of every window, for any input: every engine then computes the same windows and
     * the same number of words. Otherwise made-up timestamps decide how far each engine continues.
     */
    readonly steady?: boolean;
  } = {},
): void {
  const { multilingual = false, steady = false } = options;
  const { header, middle, tensors, state } = parseDemoModel();
  const own = Buffer.from(header);
  const english = header.readInt32LE(4);
  const vocabulary = multilingual ? multilingualVocabulary : english;
  own.writeInt32LE(vocabulary, 4);
  // n_audio_state, n_audio_head, n_audio_layer; then the same for the text.
  for (const [at, value] of [
    [12, size.state],
    [16, size.heads],
    [20, size.layers],
    [28, size.state],
    [32, size.heads],
    [36, size.layers],
  ] as const) {
    own.writeInt32LE(value, at);
  }
  const scaled = (side: number): number => {
    if (side === english) return vocabulary;
    return side === state ? size.state : side === 4 * state ? 4 * size.state : side;
  };
  const blocks = noise(4 * 1024 * 1024, 1);
  const floats = noise(4 * 1024 * 1024, 0);
  const descriptor = openSync(path, "w");
  const bias = steadyBias(size.state, blocks);
  const steadySource = (name: string, tensor: Tensor): Buffer => {
    if (name === "decoder.ln.weight") return Buffer.alloc(size.state * 4);
    if (name === "decoder.ln.bias") return bias;
    return tensor.type === 1 ? blocks : floats;
  };
  const write = (tensor: Tensor, name: string): void => {
    const shape = tensor.shape.map(scaled);
    const head = Buffer.alloc(12 + shape.length * 4);
    [shape.length, name.length, tensor.type, ...shape].forEach((value, index) => {
      head.writeInt32LE(value, index * 4);
    });
    writeSync(descriptor, head);
    writeSync(descriptor, name);
    const source = steady ? steadySource(name, tensor) : tensor.type === 1 ? blocks : floats;
    let left = shape.reduce((product, side) => product * side, 1) * (bytesOfType[tensor.type] ?? 4);
    while (left > 0) left -= writeSync(descriptor, source, 0, Math.min(left, source.length));
  };
  try {
    writeSync(descriptor, own);
    writeSync(descriptor, middle);
    for (const tensor of tensors) {
      const block = /^(encoder|decoder)\.blocks\.(\d+)\./.exec(tensor.name);
      if (block === null) write(tensor, tensor.name);
      else if (block[2] === "0") {
        for (let layer = 0; layer < size.layers; layer++)
          write(tensor, tensor.name.replace(".blocks.0.", `.blocks.${layer}.`));
      }
    }
  } finally {
    closeSync(descriptor);
  }
}
