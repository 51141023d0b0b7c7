/**
 * A network in the layout of Silero's (models/convert-silero-vad-to-ggml.py of whisper.cpp) with handmade weights: it
 * detects speech wherever there is sound between 300 and 3,800 Hz. It performs the same computation as the real one.
 */
import { writeFileSync } from "node:fs";

const window = 512;
const bins = 129;
const fourier = 256;
const hidden = 128;
const encoders: readonly (readonly [from: number, to: number])[] = [
  [bins, 128],
  [128, 64],
  [64, 64],
  [64, 128],
];
const kernel = 3;
/** Threshold of the summed magnitudes of the speech bins: white noise of −60 dB has a quarter of it. */
const threshold = 2;

/** Converts a number in the normal range to an IEEE half-precision number. */
function half(value: number): number {
  if (value === 0) return 0;
  const sign = value < 0 ? 0x8000 : 0;
  const size = Math.abs(value);
  const exponent = Math.floor(Math.log2(size));
  if (exponent < -14) return sign;
  const mantissa = Math.round((size / 2 ** exponent - 1) * 1024);
  return sign + ((exponent + 15) << 10) + mantissa;
}

function tensor(name: string, shape: readonly number[], wide: boolean, valueAt: (index: number) => number): Buffer {
  const head = Buffer.alloc(12 + shape.length * 4);
  [shape.length, name.length, wide ? 0 : 1, ...shape].forEach((value, index) => {
    head.writeInt32LE(value, index * 4);
  });
  const count = shape.reduce((product, side) => product * side, 1);
  const data = Buffer.alloc(count * (wide ? 4 : 2));
  for (let index = 0; index < count; index++) {
    if (wide) data.writeFloatLE(valueAt(index), index * 4);
    else data.writeUInt16LE(half(valueAt(index)), index * 2);
  }
  return Buffer.concat([head, Buffer.from(name, "latin1"), data]);
}

/**
 * Weights of an encoder: from channel 0 of the input (or all speech bins, for the first encoder) to channel 0 of the
 * output.
 */
function encoderWeight(layer: number): Buffer {
  const [from = 0, to = 0] = encoders[layer] ?? [];
  return tensor(`_model.encoder.${layer}.reparam_conv.weight`, [kernel, from, to], false, (index) => {
    const input = Math.floor(index / kernel) % from;
    const output = Math.floor(index / (kernel * from));
    if (output !== 0) return 0;
    if (layer > 0) return input === 0 ? 1 : 0;
    return index % kernel === 1 && input >= 5 && input <= 60 ? 1 : 0;
  });
}

function encoderBias(layer: number): Buffer {
  const [, to = 0] = encoders[layer] ?? [];
  return tensor(`_model.encoder.${layer}.reparam_conv.bias`, [to], true, (index) =>
    layer === 0 && index === 0 ? -threshold : 0,
  );
}

/** The real parts of the transform, then the imaginary parts, each with a Hann window. */
const stft = (): Buffer =>
  tensor("_model.stft.forward_basis_buffer", [fourier, 1, 2 * bins], false, (index) => {
    const sample = index % fourier;
    const row = Math.floor(index / fourier);
    const hann = 0.5 - 0.5 * Math.cos((2 * Math.PI * sample) / fourier);
    const angle = (2 * Math.PI * (row % bins) * sample) / fourier;
    return hann * (row < bins ? Math.cos(angle) : Math.sin(angle));
  });

/** Gates in the order input, forget, cell, output: nothing is remembered, everything passes through. */
function lstm(): readonly Buffer[] {
  const side = [hidden, hidden * 4];
  const gate = [10, -10, 0, 10];
  return [
    tensor("_model.decoder.rnn.weight_ih", side, true, (index) => (index === 2 * hidden * hidden ? 5 : 0)),
    tensor("_model.decoder.rnn.weight_hh", side, true, () => 0),
    tensor("_model.decoder.rnn.bias_ih", [hidden * 4], true, (index) => gate[Math.floor(index / hidden)] ?? 0),
    tensor("_model.decoder.rnn.bias_hh", [hidden * 4], true, () => 0),
  ];
}

/** The whole model file: 0.9 MB. */
export function sileroNetwork(): Buffer {
  const kind = "silero-16k";
  const numbers = [
    ...[6, 2, 0],
    ...[window, 64, encoders.length],
    ...encoders.flatMap(([from, to]) => [from, to, kernel]),
    ...[hidden, hidden, hidden, 1],
  ];
  const header = Buffer.alloc(8 + kind.length + numbers.length * 4);
  header.writeUInt32LE(0x67676d6c, 0);
  header.writeInt32LE(kind.length, 4);
  header.write(kind, 8, "latin1");
  numbers.forEach((value, index) => {
    header.writeInt32LE(value, 8 + kind.length + index * 4);
  });
  return Buffer.concat([
    header,
    ...encoders.flatMap((_, layer) => [encoderWeight(layer), encoderBias(layer)]),
    ...lstm(),
    tensor("_model.decoder.decoder.2.weight", [hidden], false, (index) => (index === 0 ? 20 : 0)),
    tensor("_model.decoder.decoder.2.bias", [1], true, () => -5),
    stft(),
  ]);
}

export function writeSileroNetwork(path: string): void {
  writeFileSync(path, sileroNetwork());
}
