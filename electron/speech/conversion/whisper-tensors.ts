/** The tensors of a Whisper model under OpenAI's names, which whisper.cpp uses as well, in the order of the layers. */
import type { WhisperDimensions } from "./whisper-dimensions.ts";

export interface WhisperTensor {
  readonly name: string;
  /** The slowest side first. */
  readonly shape: readonly number[];
  /** Large ones are stored with 16 bits, or quantized; the rest with 32 (convert-pt-to-ggml.py of whisper.cpp). */
  readonly isLarge: boolean;
}

export function listWhisperTensors(dimensions: WhisperDimensions): readonly WhisperTensor[] {
  const { audioPositions, audioLayers, melBands, textLayers, textPositions, vocabulary, width } = dimensions;
  const weight = (name: string, ...shape: readonly number[]): WhisperTensor => ({ name, shape, isLarge: true });
  const exact = (name: string, ...shape: readonly number[]): WhisperTensor => ({ name, shape, isLarge: false });
  const linear = (name: string, outputs: number, inputs: number): readonly WhisperTensor[] => [
    weight(`${name}.weight`, outputs, inputs),
    exact(`${name}.bias`, outputs),
  ];
  const norm = (name: string): readonly WhisperTensor[] => [
    exact(`${name}.weight`, width),
    exact(`${name}.bias`, width),
  ];
  // Keys have no bias: it would add the same to every position, which the softmax takes away again.
  const attention = (name: string): readonly WhisperTensor[] => [
    ...linear(`${name}.query`, width, width),
    weight(`${name}.key.weight`, width, width),
    ...linear(`${name}.value`, width, width),
    ...linear(`${name}.out`, width, width),
  ];
  const block = (name: string, isDecoder: boolean): readonly WhisperTensor[] => [
    ...norm(`${name}.attn_ln`),
    ...attention(`${name}.attn`),
    ...(isDecoder ? [...norm(`${name}.cross_attn_ln`), ...attention(`${name}.cross_attn`)] : []),
    ...norm(`${name}.mlp_ln`),
    ...linear(`${name}.mlp.0`, 4 * width, width),
    ...linear(`${name}.mlp.2`, width, 4 * width),
  ];
  // whisper.cpp adds the biases of the convolutions to whole rows: they are columns.
  const convolution = (name: string, inputs: number): readonly WhisperTensor[] => [
    weight(`${name}.weight`, width, inputs, 3),
    exact(`${name}.bias`, width, 1),
  ];
  const blocks = (name: string, layers: number, isDecoder: boolean): readonly WhisperTensor[] =>
    Array.from({ length: layers }, (_, layer) => block(`${name}.blocks.${layer}`, isDecoder)).flat();
  return [
    exact("encoder.positional_embedding", audioPositions, width),
    ...convolution("encoder.conv1", melBands),
    ...convolution("encoder.conv2", width),
    ...blocks("encoder", audioLayers, false),
    ...norm("encoder.ln_post"),
    exact("decoder.positional_embedding", textPositions, width),
    weight("decoder.token_embedding.weight", vocabulary, width),
    ...blocks("decoder", textLayers, true),
    ...norm("decoder.ln"),
  ];
}
