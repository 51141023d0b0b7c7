/**
 * Writes a Silero network as whisper.cpp keeps it (models/convert-silero-vad-to-ggml.py there): weights of convolutions as
 * 16-bit floats, everything else as 32-bit ones.
 */
import type { OnnxTensor } from "./onnx.ts";

const ggmlMagic = 0x67676d6c;
const kind = "silero-16k";
/** Samples that the network takes at once, and those of before that it takes with them. */
const windowSamples = 512;
const contextSamples = 64;
/** Channels in, channels out, width. */
const encoders: readonly (readonly [number, number, number])[] = [
  [129, 128, 3],
  [128, 64, 3],
  [64, 64, 3],
  [64, 128, 3],
];
const hidden = 128;

/** The tensors in the order of the file, each with the shape that it must have. */
const layout: readonly (readonly [name: string, shape: readonly number[]])[] = [
  ...encoders.flatMap(([from, to, width], index): (readonly [string, readonly number[]])[] => [
    [`encoder.${index}.reparam_conv.weight`, [to, from, width]],
    [`encoder.${index}.reparam_conv.bias`, [to]],
  ]),
  ["decoder.rnn.weight_ih", [4 * hidden, hidden]],
  ["decoder.rnn.weight_hh", [4 * hidden, hidden]],
  ["decoder.rnn.bias_ih", [4 * hidden]],
  ["decoder.rnn.bias_hh", [4 * hidden]],
  ["decoder.decoder.2.weight", [1, hidden, 1]],
  ["decoder.decoder.2.bias", [1]],
  ["stft.forward_basis_buffer", [2 * 129, 1, 256]],
];

/** The branch of the network for 16,000 samples a second; the other one is for 8,000. */
const branch = "If_0_then_branch__Inline_0__";

function integers(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => {
    bytes.writeInt32LE(value, index * 4);
  });
  return bytes;
}

function writeTensor({ shape, values }: OnnxTensor, name: string): Buffer {
  const isHalf = name === "stft.forward_basis_buffer" || /^(encoder|decoder\.decoder)\..*weight$/.test(name);
  // Sizes of one are left out, except in the transform, whose shape whisper.cpp checks in full.
  const sizes = name.startsWith("stft") ? shape : shape.filter((size) => size !== 1);
  // ggml counts dimensions from the fastest one.
  const own = `_model.${name}`;
  const head = integers(sizes.length, own.length, isHalf ? 1 : 0, ...sizes.toReversed());
  const data = isHalf ? Float16Array.from(values) : values;
  return Buffer.concat([head, Buffer.from(own, "latin1"), Buffer.from(data.buffer, data.byteOffset, data.byteLength)]);
}

/**
 * Writes the network for 16 kHz.
 * @param version three numbers, as the makers count
 * @throws Error when it is not the network that whisper.cpp computes
 */
export function toGgml(tensors: readonly OnnxTensor[], version: readonly [number, number, number]): Buffer {
  const found = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const header = integers(
    ...version,
    windowSamples,
    contextSamples,
    encoders.length,
    ...encoders.flat(),
    hidden,
    hidden,
    hidden,
    1,
  );
  const parts = layout.map(([name, shape]) => {
    const tensor = found.get(branch + name);
    if (tensor === undefined) throw new Error(`there is no ${name}`);
    if (tensor.shape.join() !== shape.join()) throw new Error(`${name} is ${tensor.shape.join("×")}`);
    return writeTensor(tensor, name);
  });
  return Buffer.concat([integers(ggmlMagic, kind.length), Buffer.from(kind, "latin1"), header, ...parts]);
}
