/** The demo model's tensors, to be stored in the formats of other programs. */
import { readFileSync } from "node:fs";
import { demoModel } from "../../paths.ts";

export interface TestTensor {
  readonly name: string;
  /** The slowest side first. */
  readonly shape: readonly number[];
  readonly type: "f16" | "f32";
  readonly bytes: Buffer;
}

/** The demo model: 128 wide, four heads, four layers and three. */
export interface TestModel {
  readonly dimensions: Readonly<Record<DimensionName, number>>;
  readonly tensors: readonly TestTensor[];
}

const dimensionNames = [
  "n_vocab",
  "n_audio_ctx",
  "n_audio_state",
  "n_audio_head",
  "n_audio_layer",
  "n_text_ctx",
  "n_text_state",
  "n_text_head",
  "n_text_layer",
  "n_mels",
] as const;
type DimensionName = (typeof dimensionNames)[number];

/** Reads a ggml file, independently of the program. */
export function readGgml(
  path: string,
): TestModel & { readonly words: readonly Buffer[]; readonly filters: Float32Array } {
  const file = readFileSync(path);
  let at = 4;
  const int = (): number => {
    at += 4;
    return file.readInt32LE(at - 4);
  };
  const take = (length: number): Buffer => {
    at += length;
    return file.subarray(at - length, at);
  };
  const values = dimensionNames.map(int);
  const dimensions = Object.fromEntries(dimensionNames.map((name, index) => [name, values[index] ?? 0]));
  int();
  const filterBytes = take(int() * int() * 4);
  const words = Array.from({ length: int() }, () => take(int()));
  const tensors: TestTensor[] = [];
  while (at < file.length) {
    const sides = int();
    const nameLength = int();
    const type = int() === 0 ? "f32" : "f16";
    const shape = Array.from({ length: sides }, int).reverse();
    const name = take(nameLength).toString("latin1");
    tensors.push({ name, shape, type, bytes: take(shape.reduce((a, b) => a * b, 1) * (type === "f32" ? 4 : 2)) });
  }
  return {
    dimensions: dimensions as TestModel["dimensions"],
    tensors,
    words,
    filters: new Float32Array(Uint8Array.from(filterBytes).buffer),
  };
}

let demo: TestModel | undefined;

export function demoTensors(): TestModel {
  demo ??= readGgml(demoModel);
  return demo;
}

const halves = Float32Array.from({ length: 65_536 }, (_, bits) => {
  const [exponent, fraction] = [(bits >> 10) & 31, bits & 1_023];
  return (bits & 0x8000 ? -1 : 1) * (exponent === 0 ? fraction * 2 ** -24 : (1_024 + fraction) * 2 ** (exponent - 25));
});

/** A tensor's values as 32-bit floats. */
export function toFloats({ bytes, type }: TestTensor): Float32Array {
  const own = Uint8Array.from(bytes).buffer;
  return type === "f32" ? new Float32Array(own) : Float32Array.from(new Uint16Array(own), (half) => halves[half] ?? 0);
}

/** The same tensor with 32 bits: no value changes. */
export function widened(tensor: TestTensor): TestTensor {
  return { ...tensor, type: "f32", bytes: Buffer.from(toFloats(tensor).buffer) };
}
