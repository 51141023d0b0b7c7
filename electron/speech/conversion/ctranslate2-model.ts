/**
 * Whisper models of CTranslate2, which faster-whisper and WhisperX use: query, key and value lie in one table of weights, and
 * whole numbers have their scale beside them (CTranslate2's docs, "Quantization": value = number / scale).
 */
import { dirname } from "node:path";
import { readCTranslate2 } from "./ctranslate2-file.ts";
import { damaged, notWhisper } from "./refusals.ts";
import type { SourceFile } from "./source-file.ts";
import { readSmallTensor, type StoredTensor, sliceRows } from "./stored-tensor.ts";
import { readWords } from "./vocabulary.ts";
import { requirePlausible, type WhisperDimensions } from "./whisper-dimensions.ts";
import type { WhisperSource } from "./whisper-source.ts";

/** Width of one head in every model of OpenAI's; older files do not say how many heads there are. */
const headWidth = 64;

/** Which part of the rows of a fused table: [which, out of how many]. */
type Part = readonly [index: number, count: number];
const whole: Part = [0, 1];

type Variables = ReadonlyMap<string, StoredTensor>;

/** @throws ArchivistError `file.*`, `model.invalid`, `model.truncated` */
export function openCTranslate2Model(file: SourceFile): WhisperSource {
  const { path } = file;
  const { kind, variables } = readCTranslate2(file);
  if (kind !== "WhisperSpec") throw notWhisper(path, `this CTranslate2 model is of another kind (${kind})`);
  const dimensions = toDimensions(variables, path);
  requirePlausible(dimensions, path);
  const tensors = new Map<string, StoredTensor>();
  const add = (name: string, variable: string, part: Part = whole): void => {
    const tensor = find(variables, variable, part, path);
    if (tensor !== undefined) tensors.set(name, tensor);
  };
  const addLinear = (name: string, variable: string, part: Part = whole, hasBias = true): void => {
    add(`${name}.weight`, `${variable}/weight`, part);
    if (hasBias) add(`${name}.bias`, `${variable}/bias`, part);
  };
  const addNorm = (name: string, variable: string): void => {
    add(`${name}.weight`, `${variable}/gamma`);
    add(`${name}.bias`, `${variable}/beta`);
  };
  const addBlock = (name: string, layer: string, isDecoder: boolean): void => {
    addNorm(`${name}.attn_ln`, `${layer}/self_attention/layer_norm`);
    addLinear(`${name}.attn.query`, `${layer}/self_attention/linear_0`, [0, 3]);
    addLinear(`${name}.attn.key`, `${layer}/self_attention/linear_0`, [1, 3], false);
    addLinear(`${name}.attn.value`, `${layer}/self_attention/linear_0`, [2, 3]);
    addLinear(`${name}.attn.out`, `${layer}/self_attention/linear_1`);
    if (isDecoder) {
      addNorm(`${name}.cross_attn_ln`, `${layer}/attention/layer_norm`);
      addLinear(`${name}.cross_attn.query`, `${layer}/attention/linear_0`);
      addLinear(`${name}.cross_attn.key`, `${layer}/attention/linear_1`, [0, 2], false);
      addLinear(`${name}.cross_attn.value`, `${layer}/attention/linear_1`, [1, 2]);
      addLinear(`${name}.cross_attn.out`, `${layer}/attention/linear_2`);
    }
    addNorm(`${name}.mlp_ln`, `${layer}/ffn/layer_norm`);
    addLinear(`${name}.mlp.0`, `${layer}/ffn/linear_0`);
    addLinear(`${name}.mlp.2`, `${layer}/ffn/linear_1`);
  };
  add("encoder.positional_embedding", "encoder/position_encodings/encodings");
  addLinear("encoder.conv1", "encoder/conv1");
  addLinear("encoder.conv2", "encoder/conv2");
  for (let layer = 0; layer < dimensions.audioLayers; layer++)
    addBlock(`encoder.blocks.${layer}`, `encoder/layer_${layer}`, false);
  addNorm("encoder.ln_post", "encoder/layer_norm");
  add("decoder.positional_embedding", "decoder/position_encodings/encodings");
  add("decoder.token_embedding.weight", "decoder/embeddings/weight");
  for (let layer = 0; layer < dimensions.textLayers; layer++)
    addBlock(`decoder.blocks.${layer}`, `decoder/layer_${layer}`, true);
  addNorm("decoder.ln", "decoder/layer_norm");
  return { path, dimensions, tensors, words: readWords(dirname(path), dimensions.vocabulary) };
}

function toDimensions(variables: Variables, path: string): WhisperDimensions {
  const shape = (name: string, index: number): number => {
    const side = variables.get(name)?.shape[index];
    if (side === undefined) throw damaged(path, `${name} is missing`);
    return side;
  };
  const width = shape("encoder/conv1/weight", 0);
  const heads = (side: string): number => {
    const stored = variables.get(`${side}/num_heads`);
    return stored === undefined ? width / headWidth : (readSmallTensor(stored, 1)[0] ?? 0);
  };
  return {
    vocabulary: shape("decoder/embeddings/weight", 0),
    audioPositions: shape("encoder/position_encodings/encodings", 0),
    width,
    audioHeads: heads("encoder"),
    audioLayers: countLayers(variables, "encoder"),
    textPositions: shape("decoder/position_encodings/encodings", 0),
    textHeads: heads("decoder"),
    textLayers: countLayers(variables, "decoder"),
    melBands: shape("encoder/conv1/weight", 1),
  };
}

function countLayers(variables: Variables, side: string): number {
  let count = 0;
  while (variables.has(`${side}/layer_${count}/self_attention/layer_norm/gamma`)) count++;
  return count;
}

function find(variables: Variables, name: string, [index, count]: Part, path: string): StoredTensor | undefined {
  const variable = variables.get(name);
  if (variable === undefined) return undefined;
  const rows = variable.shape[0] ?? 0;
  if (rows % count !== 0) throw damaged(path, `${name} cannot be divided by ${count}`);
  const scaled = addScale(variables, name, variable, path);
  return count === 1 ? scaled : sliceRows(scaled, (rows / count) * index, (rows / count) * (index + 1));
}

function addScale(variables: Variables, name: string, variable: StoredTensor, path: string): StoredTensor {
  const { type, shape } = variable;
  if (type !== "i8" && type !== "i16") return variable;
  const stored = variables.get(`${name}_scale`);
  if (stored === undefined) throw damaged(path, `the scale of ${name} is missing`);
  const rows = shape[0] ?? 0;
  const scale = readSmallTensor(stored, Math.max(rows, 1));
  if (scale.length !== 1 && scale.length !== rows) throw damaged(path, `the scale of ${name} has the wrong size`);
  return { ...variable, scale };
}
