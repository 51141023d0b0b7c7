/** Writes what `torch.save` writes: a zip archive with a pickle and a file for each storage, uncompressed. */
import { writeFileSync } from "node:fs";
import { crc32 } from "node:zlib";
import type { TestModel, TestTensor } from "./tensors.ts";

export interface ZipFile {
  readonly name: string;
  readonly content: Buffer;
  /** Written into the directory instead of what is true. */
  readonly claimedBytes?: number;
  readonly method?: number;
}

/** @param offset added to each place in the directory, for archives that lie */
export function zip(
  files: readonly ZipFile[],
  lie: { readonly offset?: number; readonly count?: number } = {},
): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, content, claimedBytes = content.length, method = 0 } of files) {
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt32LE(content.length, 18);
    local.writeUInt32LE(content.length, 22);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(crc32(content), 16);
    entry.writeUInt32LE(method === 0 ? claimedBytes : content.length, 20);
    entry.writeUInt32LE(claimedBytes, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(at + (lie.offset ?? 0), 42);
    bodies.push(local, Buffer.from(name), content);
    directory.push(entry, Buffer.from(name));
    at += 30 + name.length + content.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(lie.count ?? files.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, list, end]);
}

const byte = (...values: readonly number[]): Buffer => Buffer.from(values);
const letter = (text: string): Buffer => Buffer.from(text, "latin1");

/** The operations of a pickle, as far as they are needed; composed by concatenation. */
export const pickle = {
  file: (...content: readonly Buffer[]): Buffer => Buffer.concat([byte(0x80, 2), ...content, letter(".")]),
  text: (text: string): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(Buffer.byteLength(text));
    return Buffer.concat([letter("X"), length, Buffer.from(text)]);
  },
  int: (value: number): Buffer => {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32LE(value);
    return Buffer.concat([letter("J"), bytes]);
  },
  name: (module: string, name: string): Buffer => letter(`c${module}\n${name}\n`),
  tuple: (...values: readonly Buffer[]): Buffer => Buffer.concat([letter("("), ...values, letter("t")]),
  call: (callable: Buffer, args: Buffer): Buffer => Buffer.concat([callable, args, letter("R")]),
  dictionary: (entries: readonly (readonly [string, Buffer])[]): Buffer =>
    Buffer.concat([letter("}("), ...entries.flatMap(([key, value]) => [pickle.text(key), value]), letter("u")]),
  ordered: (entries: readonly (readonly [string, Buffer])[]): Buffer =>
    Buffer.concat([
      pickle.call(pickle.name("collections", "OrderedDict"), letter(")")),
      letter("("),
      ...entries.flatMap(([key, value]) => [pickle.text(key), value]),
      letter("u"),
    ]),
  reference: (id: Buffer): Buffer => Buffer.concat([id, letter("Q")]),
  false: byte(0x89),
};

const storages = { f16: "HalfStorage", f32: "FloatStorage" } as const;

/** A tensor as PyTorch describes it. @param lie values that replace what is true */
export function torchTensor(
  { shape, type }: Pick<TestTensor, "shape" | "type">,
  key: string,
  lie: { readonly shape?: readonly number[]; readonly strides?: readonly number[]; readonly start?: number } = {},
): Buffer {
  const sides = lie.shape ?? shape;
  const strides = lie.strides ?? sides.map((_, index) => sides.slice(index + 1).reduce((a, b) => a * b, 1));
  const count = shape.reduce((a, b) => a * b, 1);
  const storage = pickle.reference(
    pickle.tuple(
      pickle.text("storage"),
      pickle.name("torch", storages[type]),
      pickle.text(key),
      pickle.text("cpu"),
      pickle.int(count),
    ),
  );
  return pickle.call(
    pickle.name("torch._utils", "_rebuild_tensor_v2"),
    pickle.tuple(
      storage,
      pickle.int(lie.start ?? 0),
      pickle.tuple(...sides.map(pickle.int)),
      pickle.tuple(...strides.map(pickle.int)),
      pickle.false,
      pickle.call(pickle.name("collections", "OrderedDict"), letter(")")),
    ),
  );
}

/** The archive of a checkpoint. @param makeRoot the pickle of the whole, from those of its tensors */
export function torchArchive(
  tensors: readonly TestTensor[],
  makeRoot: (weights: readonly (readonly [string, Buffer])[]) => Buffer,
): Buffer {
  const weights = tensors.map((tensor, index) => [tensor.name, torchTensor(tensor, String(index))] as const);
  return zip([
    { name: "archive/data.pkl", content: pickle.file(makeRoot(weights)) },
    { name: "archive/byteorder", content: Buffer.from("little") },
    ...tensors.map(({ bytes }, index) => ({ name: `archive/data/${index}`, content: bytes })),
    { name: "archive/version", content: Buffer.from("3\n") },
  ]);
}

export const dimensionEntries = (dimensions: TestModel["dimensions"]): readonly (readonly [string, Buffer])[] =>
  Object.entries(dimensions).map(([name, value]) => [name, pickle.int(value)]);

/** A checkpoint as OpenAI publishes them. */
export function writeOpenAi(path: string, { dimensions, tensors }: TestModel): void {
  writeFileSync(
    path,
    torchArchive(tensors, (weights) =>
      pickle.dictionary([
        ["dims", pickle.dictionary(dimensionEntries(dimensions))],
        ["model_state_dict", pickle.ordered(weights)],
      ]),
    ),
  );
}
