/**
 * The layout of a Parakeet model file, as models/convert-parakeet-to-ggml.py of whisper.cpp writes it: header, filters,
 * window, durations, vocabulary, and the tensors of encoder, prediction and joint network.
 */

export interface ParakeetSize {
  readonly vocabulary: readonly string[];
  /** Width of the encoder. */
  readonly state: number;
  readonly heads: number;
  readonly layers: number;
  /** Bands of the spectrogram: a multiple of eight. */
  readonly bands: number;
  /** Channels of the three convolutions that take eight steps to one. */
  readonly channels: number;
  readonly kernel: number;
  /** Width of prediction and joint network. */
  readonly prediction: number;
  readonly predictionLayers: number;
  readonly durations: readonly number[];
}

/** Number of ggml's types of weights: 32 bits, 16 bits, 8 bits with a scale for each 32. */
export type WeightType = 0 | 1 | 8;

export interface ParakeetTensor {
  readonly name: string;
  /** The side that changes fastest first. */
  readonly shape: readonly number[];
  /** True for what the converter quantizes; everything else has 32 bits. */
  readonly isWeight: boolean;
}

export const samplesPerFft = 512;
export const bins = samplesPerFft / 2 + 1;
/** Samples of the Hann window: 25 ms. */
const windowSamples = 400;

/** All tensors, in the file's order. */
export function listTensors(size: ParakeetSize): readonly ParakeetTensor[] {
  const { state, channels, kernel, heads, prediction, layers, predictionLayers } = size;
  const wide = (name: string, ...shape: number[]): ParakeetTensor => ({ name, shape, isWeight: true });
  const narrow = (name: string, ...shape: number[]): ParakeetTensor => ({ name, shape, isWeight: false });
  const convolution = (index: number, shape: readonly number[]): readonly ParakeetTensor[] => [
    narrow(`encoder.pre_encode.conv.${index}.weight`, ...shape),
    narrow(`encoder.pre_encode.conv.${index}.bias`, 1, 1, channels, 1),
  ];
  const layer = (index: number): readonly ParakeetTensor[] => {
    const at = `encoder.layers.${index}`;
    const norm = (name: string): readonly ParakeetTensor[] => [
      narrow(`${at}.${name}.weight`, state),
      narrow(`${at}.${name}.bias`, state),
    ];
    const feedForward = (name: string): readonly ParakeetTensor[] => [
      wide(`${at}.${name}.linear1.weight`, state, 4 * state),
      wide(`${at}.${name}.linear2.weight`, 4 * state, state),
    ];
    return [
      ...norm("norm_feed_forward1"),
      ...feedForward("feed_forward1"),
      ...norm("norm_conv"),
      wide(`${at}.conv.pointwise_conv1.weight`, state, 2 * state),
      narrow(`${at}.conv.depthwise_conv.weight`, kernel, state),
      ...["weight", "bias", "running_mean", "running_var"].map((name) =>
        narrow(`${at}.conv.batch_norm.${name}`, state),
      ),
      narrow(`${at}.conv.batch_norm.num_batches_tracked`, 1),
      wide(`${at}.conv.pointwise_conv2.weight`, state, state),
      ...norm("norm_self_att"),
      ...["pos_bias_u", "pos_bias_v"].map((name) => narrow(`${at}.self_attn.${name}`, state / heads, heads)),
      ...["q", "k", "v", "out", "pos"].map((name) => wide(`${at}.self_attn.linear_${name}.weight`, state, state)),
      ...norm("norm_feed_forward2"),
      ...feedForward("feed_forward2"),
      ...norm("norm_out"),
    ];
  };
  const tokens = size.vocabulary.length;
  return [
    wide("encoder.pre_encode.out.weight", (size.bands / 8) * channels, state),
    narrow("encoder.pre_encode.out.bias", state),
    ...convolution(0, [3, 3, 1, channels]),
    ...convolution(2, [3, 3, 1, channels]),
    ...convolution(3, [1, 1, channels, channels]),
    ...convolution(5, [3, 3, 1, channels]),
    ...convolution(6, [1, 1, channels, channels]),
    ...Array.from({ length: layers }, (_, index) => layer(index)).flat(),
    wide("decoder.prediction.embed.weight", prediction, tokens + 1),
    ...Array.from({ length: predictionLayers }, (_, index) => [
      wide(`decoder.prediction.dec_rnn.lstm.weight_ih_l${index}`, prediction, 4 * prediction),
      wide(`decoder.prediction.dec_rnn.lstm.weight_hh_l${index}`, prediction, 4 * prediction),
      narrow(`decoder.prediction.dec_rnn.lstm.bias_h_l${index}`, 4 * prediction),
    ]).flat(),
    wide("joint.pred.weight", prediction, prediction),
    narrow("joint.pred.bias", prediction),
    wide("joint.enc.weight", state, prediction),
    narrow("joint.enc.bias", prediction),
    wide("joint.joint_net.2.weight", prediction, tokens + 1 + size.durations.length),
    narrow("joint.joint_net.2.bias", tokens + 1 + size.durations.length),
  ];
}

function ints(...values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => {
    buffer.writeInt32LE(value, index * 4);
  });
  return buffer;
}

function floats(length: number, valueAt: (index: number) => number): Buffer {
  const buffer = Buffer.alloc(length * 4);
  for (let index = 0; index < length; index++) buffer.writeFloatLE(valueAt(index), index * 4);
  return buffer;
}

/**
 * Everything before the tensors.
 * @param filterAt weight of a frequency bin in a band
 */
export function parakeetHead(
  size: ParakeetSize,
  type: WeightType,
  filterAt: (band: number, bin: number) => number,
): Buffer {
  const { vocabulary, state, heads, layers, bands, channels, kernel, prediction, predictionLayers, durations } = size;
  // The numbers of ggml_ftype differ from those of ggml_type for quantized weights only.
  const fileType = type === 8 ? 7 : type;
  return Buffer.concat([
    ints(0x67676d6c, vocabulary.length, 5_000, state, heads, layers, bands, fileType, samplesPerFft, 8),
    ints(channels, kernel, prediction, predictionLayers, durations.length, 10),
    ints(bands, bins),
    floats(bands * bins, (index) => filterAt(Math.floor(index / bins), index % bins)),
    ints(windowSamples),
    floats(windowSamples, (index) => 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / (windowSamples - 1))),
    ints(...durations),
    ints(vocabulary.length),
    ...vocabulary.flatMap((text) => [ints(Buffer.byteLength(text)), Buffer.from(text)]),
  ]);
}

/** What stands before a tensor's values. */
export function tensorHead({ name, shape }: ParakeetTensor, type: WeightType): Buffer {
  return Buffer.concat([ints(shape.length, name.length, type, ...shape), Buffer.from(name, "latin1")]);
}

/** Bytes of a tensor's values. */
export function tensorBytes({ shape }: ParakeetTensor, type: WeightType): number {
  const values = shape.reduce((product, side) => product * side, 1);
  return type === 8 ? (values / 32) * 34 : values * (type === 1 ? 2 : 4);
}
