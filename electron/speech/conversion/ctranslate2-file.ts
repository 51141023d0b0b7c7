/**
 * Reads the binary file of CTranslate2 (src/models/model.cc, `Model::load`): version, name and revision of the kind of model,
 * variables, and second names of variables.
 */
import { damaged, notWhisper, truncated } from "./refusals.ts";
import type { SourceFile } from "./source-file.ts";
import { countValues, type NumberType, numberBytes, type StoredTensor } from "./stored-tensor.ts";

export interface CTranslate2File {
  /** The kind of model: `WhisperSpec`. */
  readonly kind: string;
  readonly variables: ReadonlyMap<string, StoredTensor>;
}

/** By the number in the file; int4 and the 8-bit floats of newer versions are not among them. */
const types: Readonly<Record<number, NumberType>> = { 0: "f32", 1: "i8", 2: "i16", 3: "i32", 4: "f16", 5: "bf16" };
/** Version 4 brought types of numbers (CTranslate2 2.0); 6 is the newest. */
const minVersion = 4;
const maxVersion = 6;
/** A large Whisper model has 1,260. */
const maxVariables = 20_000;
const maxNameBytes = 512;

/** Reads one field after the other. */
class Cursor {
  readonly #file: SourceFile;
  #at = 0;

  constructor(file: SourceFile) {
    this.#file = file;
  }

  uint(bytes: number): number {
    return this.#take(bytes).readUIntLE(0, bytes);
  }

  /** A length of two bytes, and text that ends with a zero. */
  text(): string {
    const length = this.uint(2);
    if (length < 1 || length > maxNameBytes) throw damaged(this.#file.path, "a name in it makes no sense");
    return this.#take(length).toString("utf8", 0, length - 1);
  }

  /** @returns where the bytes begin */
  skip(bytes: number): number {
    const start = this.#at;
    if (start + bytes > this.#file.sizeBytes) throw truncated(this.#file.path);
    this.#at += bytes;
    return start;
  }

  #take(bytes: number): Buffer {
    return this.#file.read(this.skip(bytes), bytes);
  }
}

/** The kind of model that a file's beginning tells; undefined for files that are not of CTranslate2. */
export function findCTranslate2Kind(head: Buffer): string | undefined {
  if (head.length < 8) return undefined;
  const version = head.readUInt32LE(0);
  const length = head.readUInt16LE(4);
  const name = head.toString("latin1", 6, 6 + length);
  return version >= 1 && version <= 100 && /^[A-Za-z0-9]+Spec\0$/.test(name) ? name.slice(0, -1) : undefined;
}

/** @throws ArchivistError `model.invalid`, `model.truncated` */
export function readCTranslate2(file: SourceFile): CTranslate2File {
  const cursor = new Cursor(file);
  const version = cursor.uint(4);
  if (version < minVersion || version > maxVersion) {
    throw notWhisper(
      file.path,
      "it was written by a version of CTranslate2 that is not known here",
      "Convert the original model again with a current ct2-transformers-converter, or import the original model itself.",
    );
  }
  const kind = cursor.text();
  cursor.uint(4);
  const count = cursor.uint(4);
  if (count > maxVariables)
    throw damaged(file.path, "it says that it has far more tables of weights than a Whisper model");
  const variables = new Map<string, StoredTensor>();
  for (let index = 0; index < count; index++) {
    const name = cursor.text();
    const rank = cursor.uint(1);
    if (rank > 8) throw damaged(file.path, "a table of weights has an impossible size");
    const shape = Array.from({ length: rank }, () => cursor.uint(4));
    const type = types[cursor.uint(1)];
    const bytes = cursor.uint(4);
    if (type !== undefined && countValues(shape, file.path) * numberBytes[type] !== bytes)
      throw damaged(file.path, "a table of weights has another size than its description says");
    const offset = cursor.skip(bytes);
    if (type !== undefined) variables.set(name, { file, offset, type, shape });
  }
  const aliases = cursor.uint(4);
  if (aliases > maxVariables) throw damaged(file.path, "it has more second names than tables of weights");
  for (let index = 0; index < aliases; index++) {
    const alias = cursor.text();
    const original = variables.get(cursor.text());
    if (original !== undefined) variables.set(alias, original);
  }
  return { kind, variables };
}
