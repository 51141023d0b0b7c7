/**
 * How much the models of the list compute, from their published dimensions: Whisper's in whisper/model.py and on the
 * model card of openai/whisper, Parakeet's on the model cards of nvidia/parakeet-tdt-0.6b. A speed that was measured
 * with one network is carried over to the others with it: electron/speech/README.md, "Self-test".
 */

/** Dimensions of a Whisper network. */
export interface NetworkShape {
  /** Width of both halves. */
  readonly width: number;
  readonly encoderLayers: number;
  readonly decoderLayers: number;
}

/** What a model computes. */
export interface ModelCompute {
  /** Operations of the encoder over one window of thirty seconds, in GFLOP. */
  readonly windowGflop: number;
  /** Memory that is read for one token of a window that is written alone, in MB. */
  readonly tokenMegabytes: number;
  /** Windows that the decoder writes at once, so that its weights are read once for all of them. */
  readonly windowsAtOnce: number;
}

const shapes: readonly (readonly [family: string, shape: NetworkShape])[] = [
  ["tiny", { width: 384, encoderLayers: 4, decoderLayers: 4 }],
  ["base", { width: 512, encoderLayers: 6, decoderLayers: 6 }],
  ["small", { width: 768, encoderLayers: 12, decoderLayers: 12 }],
  ["medium", { width: 1024, encoderLayers: 24, decoderLayers: 24 }],
  // Before "large": the first that fits a name counts.
  ["large-v3-turbo", { width: 1280, encoderLayers: 32, decoderLayers: 4 }],
  ["large", { width: 1280, encoderLayers: 32, decoderLayers: 32 }],
];

/** The shape of a published Whisper model; undefined for names of other models. */
export function findShape(modelName: string): NetworkShape | undefined {
  return shapes.find(
    ([family]) => modelName === family || modelName.startsWith(`${family}.`) || modelName.startsWith(`${family}-`),
  )?.[1];
}

/** How the weights of a network are stored. */
export const precisions = ["q8_0", "f16", "q5_1"] as const;
export type Precision = (typeof precisions)[number];

/** Precision of a published model by its name. Other ones of four and five bits count as `q5_1`, which computes much the same. */
export function toPrecision(modelName: string): Precision {
  if (modelName.endsWith("-q8_0")) return "q8_0";
  return /-q[45]_[01k]$/.test(modelName) ? "q5_1" : "f16";
}

/** Bytes of one weight: blocks of 32 values with their scales (ggml-common.h). */
const weightBytes: Readonly<Record<Precision, number>> = { q8_0: 34 / 32, f16: 2, q5_1: 24 / 32 };

/** Positions of the encoder's output for thirty seconds, and of the spectrum that goes in. */
const positions = 1_500;
const frames = 3_000;
const mels = 80;
const vocabulary = 51_865;

/** Frames and positions of text that a window has in the decoder, and what there is room for: native/whisper-host/PROTOCOL.md, "measure". */
const slotPositions = 1_536 + 512;
const maxSlotBytes = 128 * 1024 ** 2;
const maxWindows = 8;

/**
 * What a Whisper network computes. Encoder: the convolutions, in each layer the projections of attention and the
 * feed-forward part (12 × width² weights a position) and attention between all positions, and the keys and values of
 * the decoder's cross-attention. Decoder: in each layer 14 × width² weights (self-attention 4, cross-attention 2,
 * feed-forward 8) and the keys and values of all positions in half precision, and once the table of words.
 */
export function computeWhisper(
  { width, encoderLayers, decoderLayers }: NetworkShape,
  precision: Precision,
): ModelCompute {
  const convolutions = 3 * width * (frames * mels + positions * width);
  const layer = positions * 12 * width ** 2 + 2 * positions ** 2 * width;
  const crossAttention = decoderLayers * positions * 2 * width ** 2;
  const weights = decoderLayers * 14 * width ** 2 + vocabulary * width;
  const keysAndValues = decoderLayers * 2 * positions * width * 2;
  const slotBytes = decoderLayers * 2 * slotPositions * width * 2;
  return {
    windowGflop: (2 * (convolutions + encoderLayers * layer + crossAttention)) / 1e9,
    tokenMegabytes: (weights * weightBytes[precision] + keysAndValues) / 1e6,
    windowsAtOnce: Math.max(1, Math.min(maxWindows, Math.floor(maxSlotBytes / slotBytes))),
  };
}

/**
 * What Parakeet TDT 0.6B computes: a FastConformer of 24 layers, width 1,024, 25.2 million weights each, over 375
 * positions in thirty seconds; a predictor of two LSTM layers and a joint network of width 640.
 */
function computeParakeet(precision: Precision): ModelCompute {
  const encoderPositions = 375;
  const attention = 24 * 3 * encoderPositions ** 2 * 1_024;
  const subsampling = 2e9;
  return {
    windowGflop: (2 * (encoderPositions * 24 * 25.2e6 + attention + subsampling)) / 1e9,
    tokenMegabytes: ((2 * 8 + 4) * 640 ** 2 * weightBytes[precision]) / 1e6,
    windowsAtOnce: 1,
  };
}

/** What a published model computes; undefined for names of other models. */
export function findCompute(modelName: string): ModelCompute | undefined {
  const precision = toPrecision(modelName);
  if (modelName.startsWith("parakeet-tdt-0.6b")) return computeParakeet(precision);
  const shape = findShape(modelName);
  return shape === undefined ? undefined : computeWhisper(shape, precision);
}
