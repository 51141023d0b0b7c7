/** Reads what PyTorch 1.6 and newer save: an archive with a pickle that describes the tensors, and a file for each storage. */
import { PickleName, PickleObject, PickleReference, type PickleValue, readPickle } from "./pickle.ts";
import { damaged, notWhisper, truncated } from "./refusals.ts";
import type { SourceFile } from "./source-file.ts";
import { countValues, type NumberType, numberBytes, type StoredTensor } from "./stored-tensor.ts";
import { readZipDirectory, type ZipEntry } from "./zip-archive.ts";

export interface TorchCheckpoint {
  /** The top of what was saved, by name. */
  readonly root: ReadonlyMap<string, PickleValue>;
  /** The tensors of a dictionary, by name; what is no tensor is left out. */
  listTensors(dictionary: ReadonlyMap<string, PickleValue>): ReadonlyMap<string, StoredTensor>;
}

/** Training states of large models have a few megabytes. */
const maxPickleBytes = 64 * 1024 ** 2;

const storageTypes: Readonly<Record<string, NumberType>> = {
  "torch DoubleStorage": "f64",
  "torch FloatStorage": "f32",
  "torch HalfStorage": "f16",
  "torch BFloat16Storage": "bf16",
  "torch CharStorage": "i8",
  "torch ShortStorage": "i16",
  "torch IntStorage": "i32",
  "torch LongStorage": "i64",
};

const legacyRemedy =
  "Open and save it once with PyTorch 1.6 or newer (torch.save(torch.load(FILE), NEW_FILE)), then import the new file.";

/** @throws ArchivistError `model.invalid`, `model.truncated` */
export function openTorchCheckpoint(file: SourceFile): TorchCheckpoint {
  const head = file.readHead(2);
  if (head[0] === 0x80)
    throw notWhisper(file.path, "it was saved in the way of PyTorch versions before 1.6", legacyRemedy);
  const entries = readZipDirectory(file);
  const pickleName = [...entries.keys()].find((name) => /^(?:[^/]+\/)?data\.pkl$/.test(name));
  const pickle = pickleName === undefined ? undefined : entries.get(pickleName);
  if (pickleName === undefined || pickle === undefined) throw notAnyCheckpoint(file, [...entries.keys()]);
  const folder = pickleName.slice(0, -"data.pkl".length);
  if (entries.has(`${folder}constants.pkl`)) {
    throw notWhisper(
      file.path,
      "this is a compiled PyTorch program (TorchScript), not a model's weights",
      "Import the checkpoint that it was made from.",
    );
  }
  requireLittleEndian(file, entries.get(`${folder}byteorder`));
  if (pickle.sizeBytes > maxPickleBytes)
    throw notWhisper(file.path, "its description is far longer than that of a Whisper model");
  const root = toDictionary(readPickle(file.read(pickle.offset, pickle.sizeBytes), file.path));
  if (root === undefined) throw notWhisper(file.path, "this PyTorch file holds no named weights");
  const findStorage = (key: string): ZipEntry | undefined => entries.get(`${folder}data/${key}`);
  return {
    root,
    listTensors: (dictionary) => {
      const tensors = new Map<string, StoredTensor>();
      for (const [name, value] of dictionary) {
        const tensor = toTensor(value, file, findStorage);
        if (tensor !== undefined) tensors.set(name, tensor);
      }
      return tensors;
    },
  };
}

function notAnyCheckpoint(file: SourceFile, names: readonly string[]) {
  if (names.some((name) => name.endsWith(".npy"))) {
    return notWhisper(
      file.path,
      "these are weights for Apple's MLX",
      "Import the model that they were made from: OpenAI's .pt file or the Hugging Face folder.",
    );
  }
  return notWhisper(file.path, "this archive holds no PyTorch model");
}

function requireLittleEndian(file: SourceFile, entry: ZipEntry | undefined): void {
  if (entry === undefined || entry.sizeBytes > 16) return;
  if (file.read(entry.offset, entry.sizeBytes).toString("latin1").trim() !== "big") return;
  throw notWhisper(file.path, "it was saved on a machine with another order of bytes", legacyRemedy);
}

/** A dictionary, also an ordered one; undefined for anything else. */
export function toDictionary(value: PickleValue | undefined): ReadonlyMap<string, PickleValue> | undefined {
  if (value instanceof Map) return value;
  return value instanceof PickleObject && isNamed(value.callable, "collections OrderedDict")
    ? value.entries
    : undefined;
}

const isNamed = (value: PickleValue | undefined, name: string): boolean =>
  value instanceof PickleName && value.name === name;

function toTensor(
  value: PickleValue,
  file: SourceFile,
  findStorage: (key: string) => ZipEntry | undefined,
): StoredTensor | undefined {
  if (!(value instanceof PickleObject) || !Array.isArray(value.args)) return undefined;
  if (isNamed(value.callable, "torch._utils _rebuild_parameter")) {
    const [inner] = value.args;
    // A parameter holds a tensor and never another parameter, so that this goes no deeper.
    const isTensor = inner instanceof PickleObject && isNamed(inner.callable, "torch._utils _rebuild_tensor_v2");
    return isTensor ? toTensor(inner, file, findStorage) : undefined;
  }
  if (!isNamed(value.callable, "torch._utils _rebuild_tensor_v2")) return undefined;
  const [reference, start, shape, strides] = value.args;
  const storage = reference instanceof PickleReference ? toStorage(reference, file, findStorage) : undefined;
  // Other kinds of numbers: only a tensor that is needed has to be understood.
  if (storage === undefined) return undefined;
  if (!isCounts(shape) || !isCounts(strides) || typeof start !== "number" || !Number.isSafeInteger(start) || start < 0)
    throw damaged(file.path, "a table of weights has an impossible size");
  const count = countValues(shape, file.path);
  if (!isContiguous(shape, strides)) {
    throw notWhisper(
      file.path,
      "some of its weights are stored in another order (not contiguous)",
      "Save it once more after calling .contiguous() on every weight.",
    );
  }
  const { entry, type } = storage;
  if ((start + count) * numberBytes[type] > entry.sizeBytes)
    throw damaged(file.path, "a table of weights is larger than what is stored of it");
  return { file, offset: entry.offset + start * numberBytes[type], type, shape };
}

function toStorage(
  { id }: PickleReference,
  file: SourceFile,
  findStorage: (key: string) => ZipEntry | undefined,
): { readonly entry: ZipEntry; readonly type: NumberType } | undefined {
  const [, kind, key] = Array.isArray(id) ? id : [];
  if (!(kind instanceof PickleName) || typeof key !== "string")
    throw damaged(file.path, "the description of its weights cannot be read");
  const type = storageTypes[kind.name];
  if (type === undefined) return undefined;
  const entry = findStorage(key);
  if (entry === undefined) throw truncated(file.path);
  return { entry, type };
}

const isCounts = (value: PickleValue | undefined): value is number[] =>
  Array.isArray(value) &&
  value.length <= 8 &&
  value.every((side) => typeof side === "number" && Number.isSafeInteger(side) && side >= 0);

/** Row by row, without gaps; where a side has one value, its stride does not matter. */
function isContiguous(shape: readonly number[], strides: readonly number[]): boolean {
  if (shape.length !== strides.length) return false;
  let expected = 1;
  for (let index = shape.length - 1; index >= 0; index--) {
    const side = shape[index] as number;
    if (side !== 1 && strides[index] !== expected) return false;
    expected *= side;
  }
  return true;
}
