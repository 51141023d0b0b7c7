/** Writes Whisper models as CTranslate2 does: query, key and value in one table, whole numbers with a scale beside them. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { tokenizerJson } from "./hugging-face-writer.ts";
import { type TestModel, type TestTensor, toFloats } from "./tensors.ts";

export interface Variable {
  readonly name: string;
  readonly shape: readonly number[];
  /** CTranslate2's number of the type: 0 f32, 1 i8, 2 i16, 3 i32, 4 f16. */
  readonly type: number;
  readonly bytes: Buffer;
}

const uint = (value: number, bytes: number): Buffer => {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntLE(value, 0, bytes);
  return buffer;
};

const text = (value: string): Buffer => Buffer.concat([uint(value.length + 1, 2), Buffer.from(`${value}\0`)]);

export interface CTranslate2Lies {
  readonly version?: number;
  readonly kind?: string;
  readonly count?: number;
  readonly aliases?: readonly (readonly [string, string])[];
}

export function ctranslate2(variables: readonly Variable[], lies: CTranslate2Lies = {}): Buffer {
  const { version = 6, kind = "WhisperSpec", count = variables.length, aliases = [] } = lies;
  return Buffer.concat([
    uint(version, 4),
    text(kind),
    uint(3, 4),
    uint(count, 4),
    ...variables.flatMap(({ name, shape, type, bytes }) => [
      text(name),
      uint(shape.length, 1),
      ...shape.map((side) => uint(side, 4)),
      uint(type, 1),
      uint(bytes.length, 4),
      bytes,
    ]),
    uint(aliases.length, 4),
    ...aliases.flatMap(([alias, name]) => [text(alias), text(name)]),
  ]);
}

const names: readonly (readonly [openAi: RegExp, other: string])[] = [
  [/^(encoder|decoder)\.blocks\.(\d+)\.(.*)\.(weight|bias)$/, "$1/layer_$2/$3/$4"],
  [/\/cross_attn_ln\/weight$/, "/attention/layer_norm/gamma"],
  [/\/cross_attn_ln\/bias$/, "/attention/layer_norm/beta"],
  [/\/attn_ln\/weight$/, "/self_attention/layer_norm/gamma"],
  [/\/attn_ln\/bias$/, "/self_attention/layer_norm/beta"],
  [/\/mlp_ln\/weight$/, "/ffn/layer_norm/gamma"],
  [/\/mlp_ln\/bias$/, "/ffn/layer_norm/beta"],
  [/\/mlp\.0\//, "/ffn/linear_0/"],
  [/\/mlp\.2\//, "/ffn/linear_1/"],
  [/\/attn\.out\//, "/self_attention/linear_1/"],
  [/\/cross_attn\.query\//, "/attention/linear_0/"],
  [/\/cross_attn\.out\//, "/attention/linear_2/"],
  [/^encoder\.ln_post\.weight$/, "encoder/layer_norm/gamma"],
  [/^encoder\.ln_post\.bias$/, "encoder/layer_norm/beta"],
  [/^decoder\.ln\.weight$/, "decoder/layer_norm/gamma"],
  [/^decoder\.ln\.bias$/, "decoder/layer_norm/beta"],
  [/^(encoder|decoder)\.positional_embedding$/, "$1/position_encodings/encodings"],
  [/^decoder\.token_embedding\.weight$/, "decoder/embeddings/weight"],
  [/^encoder\.(conv\d)\.(weight|bias)$/, "encoder/$1/$2"],
];

export type Compute = "float16" | "float32" | "int8" | "int16";

/** Large tables of whole numbers: a scale a row, or one for all. */
function integers(name: string, shape: readonly number[], values: Float32Array, compute: "int8" | "int16"): Variable[] {
  const rows = compute === "int8" ? (shape[0] ?? 1) : 1;
  const length = values.length / rows;
  const limit = compute === "int8" ? 127 : 1_023;
  const scales = Float32Array.from({ length: rows }, (_, row) => {
    const max = values
      .subarray(row * length, (row + 1) * length)
      .reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    return max === 0 ? 1 : limit / max;
  });
  const whole = values.map((value, index) => Math.round(value * (scales[Math.floor(index / length)] ?? 1)));
  const bytes =
    compute === "int8" ? Buffer.from(Int8Array.from(whole).buffer) : Buffer.from(Int16Array.from(whole).buffer);
  return [
    { name, shape, type: compute === "int8" ? 1 : 2, bytes },
    { name: `${name}_scale`, shape: compute === "int8" ? [rows] : [], type: 0, bytes: Buffer.from(scales.buffer) },
  ];
}

/** The variables of a model. */
export function listVariables({ tensors, dimensions }: TestModel, compute: Compute): readonly Variable[] {
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const get = (name: string): TestTensor => {
    const tensor = byName.get(name);
    if (tensor === undefined) throw new Error(`no ${name}`);
    return tensor;
  };
  const variable = (name: string, shape: readonly number[], values: Float32Array): readonly Variable[] => {
    if (compute === "float16") {
      const f16 = new Uint16Array(values.length);
      values.forEach((value, index) => {
        f16[index] = toHalfBits(value);
      });
      return [{ name, shape, type: 4, bytes: Buffer.from(f16.buffer) }];
    }
    const isLarge = shape.length === 2 && name.endsWith("/weight");
    if (compute !== "float32" && isLarge) return integers(name, shape, values, compute);
    return [{ name, shape, type: 0, bytes: Buffer.from(Float32Array.from(values).buffer) }];
  };
  const fused = (name: string, parts: readonly string[], width: number): readonly Variable[] => {
    const weights = parts.map((part) => toFloats(get(`${part}.weight`)));
    const biases = parts.map((part) => {
      const bias = byName.get(`${part}.bias`);
      return bias === undefined ? new Float32Array(width) : toFloats(bias);
    });
    return [
      ...variable(`${name}/weight`, [width * parts.length, width], joined(weights)),
      ...variable(`${name}/bias`, [width * parts.length], joined(biases)),
    ];
  };
  const width = dimensions.n_audio_state;
  const fusedVariables = ["encoder", "decoder"].flatMap((side) => {
    const layers = side === "encoder" ? dimensions.n_audio_layer : dimensions.n_text_layer;
    return Array.from({ length: layers }, (_, layer) => {
      const block = `${side}.blocks.${layer}`;
      const own = ["query", "key", "value"].map((part) => `${block}.attn.${part}`);
      const cross = ["key", "value"].map((part) => `${block}.cross_attn.${part}`);
      return [
        ...fused(`${side}/layer_${layer}/self_attention/linear_0`, own, width),
        ...(side === "encoder" ? [] : fused(`${side}/layer_${layer}/attention/linear_1`, cross, width)),
      ];
    }).flat();
  });
  const isFused = (name: string): boolean => /\.attn\.(query|key|value)\.|\.cross_attn\.(key|value)\./.test(name);
  const others = tensors
    .filter(({ name }) => !isFused(name))
    .flatMap((tensor) => {
      const name = names.reduce((changed, [pattern, other]) => changed.replace(pattern, other), tensor.name);
      return variable(
        name,
        tensor.shape.filter((side) => side !== 1),
        toFloats(tensor),
      );
    });
  const heads = (side: string, count: number): Variable => ({
    name: `${side}/num_heads`,
    shape: [],
    type: 2,
    bytes: uint(count, 2),
  });
  return [
    heads("encoder", dimensions.n_audio_head),
    heads("decoder", dimensions.n_text_head),
    ...others,
    ...fusedVariables,
  ];
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** For values that are 16-bit floats already, or are rounded the way back. */
function toHalfBits(value: number): number {
  if (value === 0) return Object.is(value, -0) ? 0x8000 : 0;
  const sign = value < 0 ? 0x8000 : 0;
  const size = Math.abs(value);
  const exponent = Math.max(-14, Math.floor(Math.log2(size)));
  const fraction = Math.round((size / 2 ** exponent) * 1_024);
  return exponent === -14 && fraction < 1_024 ? sign | fraction : sign | (((exponent + 14) << 10) + fraction);
}

export function writeCTranslate2(
  folder: string,
  model: TestModel,
  options: { readonly compute?: Compute; readonly words?: readonly Uint8Array[] } = {},
): void {
  const { compute = "float16", words } = options;
  const aliases = [["decoder/projection/weight", "decoder/embeddings/weight"]] as const;
  writeFileSync(join(folder, "model.bin"), ctranslate2(listVariables(model, compute), { aliases }));
  writeFileSync(join(folder, "config.json"), JSON.stringify({ alignment_heads: [], lang_ids: [], suppress_ids: [] }));
  if (words !== undefined) writeFileSync(join(folder, "tokenizer.json"), tokenizerJson(words));
}
